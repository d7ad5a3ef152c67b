package io.loremesh.registry.artifact;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Artifacts in an S3 bucket, {@code {prefix}sha256/ab/ab…}: the names of {@link DirectoryArtifactStore}, so {@code aws
 * s3 sync} moves a store. S3 shows an object when it has all of it, so a name never tells a lie. The client is the
 * asynchronous one because it sends large files in parts by itself; this class waits for it, on the threads that wait
 * for disks.
 */
final class S3ArtifactStore implements ArtifactStore {
    private static final int NOT_FOUND = 404;

    /** What a collection may remove: nothing else that lies below the prefix is the registry's. */
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{2})/(\\1[0-9a-f]{62})");

    private final S3AsyncClient s3;
    private final String bucket;
    private final String root;

    private S3ArtifactStore(S3AsyncClient s3, String bucket, String root) {
        this.s3 = s3;
        this.bucket = bucket;
        this.root = root;
    }

    /**
     * @param prefix begin of every key, with or without the slash that ends it; may be empty
     * @throws IllegalStateException if the bucket is not there or may not be used
     */
    static S3ArtifactStore open(S3AsyncClientBuilder client, String bucket, String prefix) {
        String root = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        S3AsyncClient s3 = built(client, bucket);
        try {
            s3.headBucket(request -> request.bucket(bucket)).join();
            return new S3ArtifactStore(s3, bucket, root + "sha256/");
        } catch (CompletionException e) {
            s3.close();
            throw isNotFound(e) ? missing(bucket, e.getCause()) : unusable(bucket, e.getCause());
        }
    }

    private static S3AsyncClient built(S3AsyncClientBuilder client, String bucket) {
        try {
            return client.multipartEnabled(true).build();
        } catch (SdkClientException e) {
            throw unusable(bucket, e);
        }
    }

    private static IllegalStateException missing(String bucket, Throwable cause) {
        return new IllegalStateException(
                ("the bucket %s of the artifacts does not exist; create it (aws s3 mb s3://%s) "
                                + "or name another in loremesh.artifacts.s3.bucket")
                        .formatted(bucket, bucket),
                cause);
    }

    private static IllegalStateException unusable(String bucket, Throwable cause) {
        return new IllegalStateException(
                ("the bucket %s of the artifacts cannot be used (%s); check endpoint and region "
                                + "in loremesh.artifacts.s3 and the credentials")
                        .formatted(bucket, cause.getMessage()),
                cause);
    }

    @Override
    public List<Kept> list() {
        var kept = new ArrayList<Kept>();
        done(s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(root))
                .contents()
                .subscribe(object -> {
                    Matcher name = NAME.matcher(object.key().substring(root.length()));
                    if (name.matches()) {
                        kept.add(
                                new Kept(new ContentDigest(name.group(2)), object.size(), object.lastModified(), true));
                    }
                }));
        return kept;
    }

    @Override
    public OptionalLong size(ContentDigest digest) {
        Optional<HeadObjectResponse> object = head(digest);
        return object.isPresent() ? OptionalLong.of(object.get().contentLength()) : OptionalLong.empty();
    }

    @Override
    public void publish(ContentDigest digest, Path verified) throws IOException {
        done(s3.putObject(request -> request.bucket(bucket).key(key(digest)), AsyncRequestBody.fromFile(verified)));
        Files.delete(verified);
    }

    @Override
    public SeekableByteChannel read(ContentDigest digest) {
        HeadObjectResponse object = head(digest)
                .orElseThrow(() -> new RegistryException(
                        Kind.NOT_FOUND,
                        "artifact %s is not stored, or not all of it; UploadArtifact stores it",
                        digest));
        return new RangeChannel(object.contentLength(), (from, to) -> range(digest, object.eTag(), from, to));
    }

    @Override
    public void remove(ContentDigest digest) {
        done(s3.deleteObject(request -> request.bucket(bucket).key(key(digest))));
    }

    @Override
    public void close() {
        s3.close();
    }

    private Optional<HeadObjectResponse> head(ContentDigest digest) {
        try {
            return Optional.of(s3.headObject(request -> request.bucket(bucket).key(key(digest)))
                    .join());
        } catch (CompletionException e) {
            if (isNotFound(e)) {
                return Optional.empty();
            }
            throw unavailable(e);
        }
    }

    /** All ranges that a channel reads are of one object: its tag is asked for. */
    private ByteBuffer range(ContentDigest digest, String tag, long from, long to) {
        return done(s3.getObject(
                        request -> request.bucket(bucket)
                                .key(key(digest))
                                .ifMatch(tag)
                                .range("bytes=%d-%d".formatted(from, to - 1)),
                        AsyncResponseTransformer.toBytes()))
                .asByteBuffer();
    }

    private String key(ContentDigest digest) {
        return root + digest.hex().substring(0, 2) + "/" + digest.hex();
    }

    private <T> T done(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            throw unavailable(e);
        }
    }

    private RegistryException unavailable(CompletionException failure) {
        return new RegistryException(
                Kind.UNAVAILABLE,
                "the bucket %s of the artifacts cannot be used: %s; try again",
                bucket,
                failure.getCause().getMessage());
    }

    private static boolean isNotFound(CompletionException failure) {
        return failure.getCause() instanceof S3Exception refusal && refusal.statusCode() == NOT_FOUND;
    }
}
