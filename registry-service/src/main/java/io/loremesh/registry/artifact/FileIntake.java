package io.loremesh.registry.artifact;

import io.loremesh.proto.registry.v1.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A file whose digest nobody announced, taken into the store. Open until it is remembered: a collection leaves its
 * bytes alone meanwhile. Blocks.
 */
record FileIntake(Artifact artifact, ArtifactIntake.Upload upload) {
    private static final int PIECE = 1 << 18;

    /** Hashes the file, then stores it. */
    static FileIntake of(Path file, String mediaType, ArtifactIntake intake) throws IOException {
        ContentDigest digest = digest(file);
        long size = Files.size(file);
        ArtifactIntake.Upload upload = intake.upload(digest, size, 0);
        try {
            eachPiece(file, upload::write);
            upload.finish();
        } catch (IOException | RuntimeException e) {
            upload.close();
            throw e;
        }
        return new FileIntake(
                Artifact.newBuilder()
                        .setDigest(digest.toString())
                        .setSizeBytes(size)
                        .setMediaType(mediaType)
                        .build(),
                upload);
    }

    void close() {
        try {
            upload.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the file of %s cannot be closed".formatted(artifact.getDigest()), e);
        }
    }

    private static ContentDigest digest(Path file) throws IOException {
        MessageDigest hash = ContentDigest.newHash();
        eachPiece(file, hash::update);
        return ContentDigest.of(hash);
    }

    private static void eachPiece(Path file, Sink sink) throws IOException {
        try (FileChannel bytes = FileChannel.open(file)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (bytes.read(piece) >= 0) {
                sink.accept(piece.flip());
                piece.clear();
            }
        }
    }

    private interface Sink {
        void accept(ByteBuffer piece) throws IOException;
    }
}
