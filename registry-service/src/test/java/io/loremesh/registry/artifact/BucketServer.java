package io.loremesh.registry.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;

/** A real S3 server on a directory, with one empty bucket. */
final class BucketServer implements AutoCloseable {
    static final String BUCKET = "lore";
    private static final String REGION = "us-east-1";
    private static final String USER = "ada";
    private static final String SECRET = "analytical-engine";

    private final S3Proxy server;

    private BucketServer(S3Proxy server) {
        this.server = server;
    }

    static BucketServer start() {
        try {
            S3Proxy server = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(
                            Files.createTempDirectory("loremesh-bucket").toString()))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, USER, SECRET)
                    // The size that the end of a multipart upload repeats is one.
                    .ignoreUnknownHeaders(true)
                    .build();
            server.start();
            var started = new BucketServer(server);
            try (S3AsyncClient client = started.client().build()) {
                client.createBucket(request -> request.bucket(BUCKET)).join();
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not start", e);
        }
    }

    S3AsyncClientBuilder client() {
        return client(endpoint());
    }

    static S3AsyncClientBuilder client(URI endpoint) {
        return S3AsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, SECRET)));
    }

    /** What a registry whose artifacts lie here is told. */
    Map<String, String> settings() {
        return Map.of(
                "loremesh.artifacts.store",
                "s3",
                "loremesh.artifacts.s3.bucket",
                BUCKET,
                "loremesh.artifacts.s3.prefix",
                "registry",
                "loremesh.artifacts.s3.endpoint",
                endpoint().toString(),
                "loremesh.artifacts.s3.region",
                REGION,
                "loremesh.artifacts.s3.path-style",
                "true");
    }

    /** Credentials as the first of the SDK's chain finds them. */
    static Map<String, String> credentials() {
        return Map.of("aws.accessKeyId", USER, "aws.secretAccessKey", SECRET);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not stop", e);
        }
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }
}
