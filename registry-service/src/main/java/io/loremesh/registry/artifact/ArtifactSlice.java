package io.loremesh.registry.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * A part of an artifact whose bytes were all verified before the first is read. Blocks; used by one thread at a time.
 */
final class ArtifactSlice {
    private static final int PIECE = 1 << 18;

    private final ContentDigest digest;
    private final SeekableByteChannel bytes;
    private final long end;

    private ArtifactSlice(ContentDigest digest, SeekableByteChannel bytes, long end) {
        this.digest = digest;
        this.bytes = bytes;
        this.end = end;
    }

    static ArtifactSlice open(ArtifactStore store, ContentDigest digest, long offset, long size) throws IOException {
        ArtifactDownload whole = ArtifactDownload.open(store, digest, 0);
        try {
            // Read to its end, it has verified itself: a status line cannot be taken back once bytes have followed it.
            while (whole.next().isPresent()) {}
        } finally {
            whole.close();
        }
        return new ArtifactSlice(digest, store.read(digest).position(offset), offset + size);
    }

    /** The next piece; empty after the last. */
    Optional<byte[]> next() {
        try {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, end - bytes.position()));
            if (piece.capacity() == 0 || bytes.read(piece) <= 0) {
                return Optional.empty();
            }
            byte[] read = new byte[piece.flip().remaining()];
            piece.get(read);
            return Optional.of(read);
        } catch (IOException e) {
            throw new UncheckedIOException("artifact %s cannot be read".formatted(digest), e);
        }
    }

    void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the file of %s cannot be closed".formatted(digest), e);
        }
    }
}
