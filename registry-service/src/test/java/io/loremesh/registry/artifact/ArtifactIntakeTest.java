package io.loremesh.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactIntakeTest {
    @TempDir
    private Path dir;

    private final byte[] bytes = new byte[700_000];
    private ContentDigest digest;
    private ArtifactStore store;
    private ArtifactIntake intake;

    @BeforeEach
    void open() {
        new Random(7).nextBytes(bytes);
        digest = ContentDigest.of(bytes);
        store = new DirectoryArtifactStore(dir.resolve("artifacts"));
        intake = new ArtifactIntake(store, dir);
    }

    @Test
    void aCutUploadContinuesWhereItEnded() throws IOException {
        send(0, 300_000);
        assertThat(intake.status(digest)).isEqualTo(new ArtifactIntake.Status(300_000, false));

        try (var upload = intake.upload(digest, bytes.length, 300_000)) {
            upload.write(ByteBuffer.wrap(bytes, 300_000, 400_000));
            upload.finish();
        }

        assertThat(intake.status(digest)).isEqualTo(new ArtifactIntake.Status(bytes.length, true));
        assertThat(download(0)).isEqualTo(bytes);
        assertThat(download(699_000)).isEqualTo(Arrays.copyOfRange(bytes, 699_000, 700_000));
    }

    @Test
    void otherBytesThanTheDigestSaysAreNotKept() throws IOException {
        byte[] other = bytes.clone();
        other[123_456]++;
        try (var upload = intake.upload(digest, other.length, 0)) {
            upload.write(ByteBuffer.wrap(other));
            assertRefused(Kind.DATA_LOSS, upload::finish);
        }
        assertRefused(Kind.NOT_FOUND, () -> intake.status(digest));
        try (var files = Files.walk(dir)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void anOffsetBeyondWhatIsStoredIsRefused() throws IOException {
        send(0, 10);
        assertRefused(Kind.OUT_OF_RANGE, () -> intake.upload(digest, bytes.length, 11));
        assertThat(intake.status(digest).storedBytes()).isEqualTo(10);
    }

    @Test
    void moreBytesThanAnnouncedAreRefused() throws IOException {
        try (var upload = intake.upload(digest, 5, 0)) {
            assertRefused(Kind.INVALID, () -> upload.write(ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void oneUploadOfAnArtifactAtATime() throws IOException {
        try (var first = intake.upload(digest, bytes.length, 0)) {
            assertRefused(Kind.BUSY, () -> intake.upload(digest, bytes.length, 0));
        }
        send(0, 10);
    }

    @Test
    void aDamagedFileNeverEndsAsAGoodDownloadAndCanBeUploadedAgain() throws IOException {
        try (var upload = intake.upload(digest, bytes.length, 0)) {
            upload.write(ByteBuffer.wrap(bytes));
            upload.finish();
        }
        Path file = dir.resolve("artifacts/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
        Files.write(file, new byte[] {1, 2, 3});

        assertRefused(Kind.DATA_LOSS, () -> download(0));
        assertRefused(Kind.NOT_FOUND, () -> intake.status(digest));
    }

    @Test
    void nothingButADigestReachesAPath() {
        assertRefused(Kind.INVALID, () -> ContentDigest.parse("sha256:../../../../etc/passwd"));
        assertRefused(Kind.INVALID, () -> ContentDigest.parse("sha256:" + "A".repeat(64)));
        assertRefused(Kind.INVALID, () -> ContentDigest.parse("md5:" + "a".repeat(64)));
    }

    private void send(int from, int to) throws IOException {
        try (var upload = intake.upload(digest, bytes.length, from)) {
            upload.write(ByteBuffer.wrap(bytes, from, to - from));
        }
    }

    private byte[] download(long offset) {
        var received = new ByteArrayOutputStream();
        ArtifactDownload download = ArtifactDownload.open(store, digest, offset);
        for (var piece = download.next(); piece.isPresent(); piece = download.next()) {
            received.writeBytes(piece.get().getData().toByteArray());
        }
        download.close();
        return received.toByteArray();
    }

    private static void assertRefused(Kind kind, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(RegistryException.class, refusal -> assertThat(refusal.kind())
                .isEqualTo(kind));
    }
}
