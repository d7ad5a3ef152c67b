package io.loremesh.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class S3ArtifactStoreIT {
    /** Three parts of a multipart upload. */
    private static final int LARGE = (20 << 20) + 7;

    private static BucketServer server;
    private static S3ArtifactStore store;
    private static S3AsyncClient other;

    @TempDir
    private Path dir;

    private ArtifactIntake intake;

    @BeforeAll
    static void start() {
        server = BucketServer.start();
        store = S3ArtifactStore.open(server.client(), BucketServer.BUCKET, "mine");
        other = server.client().build();
    }

    @AfterAll
    static void stop() {
        other.close();
        store.close();
        server.close();
    }

    @BeforeEach
    void open() {
        intake = new ArtifactIntake(store, dir);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aCutUploadOfManyPartsIsResumedAndComesBackWhole() throws IOException {
        byte[] bytes = bytes(LARGE);
        ContentDigest digest = ContentDigest.of(bytes);
        try (var cut = intake.upload(digest, LARGE, 0)) {
            cut.write(ByteBuffer.wrap(bytes, 0, 5 << 20));
        }
        assertThat(intake.status(digest)).isEqualTo(new ArtifactIntake.Status(5 << 20, false));

        try (var rest = intake.upload(digest, LARGE, 5 << 20)) {
            rest.write(ByteBuffer.wrap(bytes, 5 << 20, LARGE - (5 << 20)));
            rest.finish();
        }

        assertThat(intake.status(digest)).isEqualTo(new ArtifactIntake.Status(LARGE, true));
        assertThat(read(digest, 0)).isEqualTo(bytes);
        assertThat(read(digest, LARGE - 7)).isEqualTo(Arrays.copyOfRange(bytes, LARGE - 7, LARGE));
        assertThat(Kept.below(dir, "", true))
                .as("nothing stays on this machine")
                .isEmpty();
    }

    @Test
    void onlyArtifactsBelowThePrefixAreListed() throws IOException {
        ContentDigest digest = publish(bytes(10));
        try (var another = S3ArtifactStore.open(server.client(), BucketServer.BUCKET, "mine-too/")) {
            other.putObject(
                            request -> request.bucket(BucketServer.BUCKET).key("mine/sha256/README"),
                            AsyncRequestBody.fromString("not ours"))
                    .join();

            assertThat(store.list()).extracting(Kept::digest).contains(digest).allSatisfy(kept -> assertThat(
                            store.size(kept))
                    .isPresent());
            assertThat(another.list()).isEmpty();
        }
    }

    @Test
    void whatIsRemovedIsGone() throws IOException {
        ContentDigest digest = publish(bytes(11));
        store.remove(digest);
        store.remove(digest);
        assertThat(store.size(digest)).isEmpty();
        assertRefused(Kind.NOT_FOUND, () -> store.read(digest));
    }

    @Test
    void anObjectThatIsReplacedWhileItIsReadIsNotReadOn() throws IOException {
        byte[] bytes = bytes(LARGE);
        ContentDigest digest = publish(bytes);
        try (SeekableByteChannel channel = store.read(digest)) {
            channel.read(ByteBuffer.allocate(1));
            String hex = digest.hex();
            other.putObject(
                            request -> request.bucket(BucketServer.BUCKET)
                                    .key("mine/sha256/" + hex.substring(0, 2) + "/" + hex),
                            AsyncRequestBody.fromBytes(new byte[LARGE]))
                    .join();

            channel.position(LARGE - 1);
            assertRefused(Kind.UNAVAILABLE, () -> channel.read(ByteBuffer.allocate(1)));
        }
        store.remove(digest);
    }

    @Test
    void whatAProcessThatDiedHadPublishedIsNoUploadAnyMore() throws IOException {
        ContentDigest published = publish(bytes(12));
        ContentDigest growing = ContentDigest.of(bytes(13));
        for (ContentDigest left : new ContentDigest[] {published, growing}) {
            Files.write(dir.resolve("artifacts/partial").resolve(left.hex() + ".part"), bytes(5));
        }

        intake.sweepAtStart(null);

        assertThat(Kept.below(dir, ".part", false)).extracting(Kept::digest).containsExactly(growing);
    }

    @Test
    void anUploadOutlivesAnAbsentBucket() throws IOException {
        byte[] bytes = bytes(14);
        ContentDigest digest = ContentDigest.of(bytes);
        var away = BucketServer.start();
        try (var there = S3ArtifactStore.open(away.client(), BucketServer.BUCKET, "")) {
            var coming = new ArtifactIntake(there, dir);
            try (var upload = coming.upload(digest, bytes.length, 0)) {
                upload.write(ByteBuffer.wrap(bytes));
                away.close();
                assertRefused(Kind.UNAVAILABLE, upload::finish);
            }
        }
        assertThat(intake.status(digest)).isEqualTo(new ArtifactIntake.Status(bytes.length, false));

        try (var upload = intake.upload(digest, bytes.length, bytes.length)) {
            upload.finish();
        }

        assertThat(read(digest, 0)).isEqualTo(bytes);
    }

    @Test
    void aBucketThatDoesNotExistIsNamedWithItsRemedy() {
        assertThatThrownBy(() -> S3ArtifactStore.open(server.client(), "nowhere", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bucket nowhere")
                .hasMessageContaining("aws s3 mb s3://nowhere")
                .hasMessageContaining("loremesh.artifacts.s3.bucket");
    }

    private ContentDigest publish(byte[] bytes) throws IOException {
        ContentDigest digest = ContentDigest.of(bytes);
        try (var upload = intake.upload(digest, bytes.length, 0)) {
            upload.write(ByteBuffer.wrap(bytes));
            upload.finish();
        }
        return digest;
    }

    private byte[] read(ContentDigest digest, long from) throws IOException {
        try (SeekableByteChannel channel = store.read(digest);
                InputStream stream = Channels.newInputStream(channel.position(from))) {
            return stream.readAllBytes();
        }
    }

    private static void assertRefused(Kind kind, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(RegistryException.class, refusal -> assertThat(refusal.kind())
                .isEqualTo(kind));
    }
}
