package io.loremesh.registry.artifact;

import com.google.protobuf.ByteString;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * One download call, piece by piece. Hashes every byte, those that the caller skips too, so that a damaged file never
 * ends as a good download. Blocks; used by one thread at a time.
 */
final class ArtifactDownload {
    private static final int PIECE = 1 << 18;

    private final ArtifactStore store;
    private final ContentDigest digest;
    private final SeekableByteChannel bytes;
    private final MessageDigest hash = ContentDigest.newHash();
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);

    private ArtifactDownload(ArtifactStore store, ContentDigest digest, SeekableByteChannel bytes) {
        this.store = store;
        this.digest = digest;
        this.bytes = bytes;
    }

    static ArtifactDownload open(ArtifactStore store, ContentDigest digest, long offset) {
        try {
            var download = new ArtifactDownload(store, digest, store.read(digest));
            download.skip(offset);
            return download;
        } catch (IOException e) {
            throw new UncheckedIOException("artifact %s cannot be read".formatted(digest), e);
        }
    }

    /**
     * The next piece; empty after the last. Errors: RegistryException DATA_LOSS in place of the end of a damaged file.
     */
    Optional<DownloadArtifactResponse> next() {
        try {
            if (read(PIECE)) {
                return Optional.of(DownloadArtifactResponse.newBuilder()
                        .setData(ByteString.copyFrom(piece))
                        .build());
            }
            verify();
            return Optional.empty();
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

    private void skip(long offset) throws IOException {
        if (offset < 0 || offset > bytes.size()) {
            long size = bytes.size();
            bytes.close();
            throw new RegistryException(
                    Kind.OUT_OF_RANGE, "artifact %s has %d bytes; offset %d lies outside", digest, size, offset);
        }
        while (bytes.position() < offset) {
            read((int) Math.min(PIECE, offset - bytes.position()));
        }
    }

    /** Reads and hashes up to so many bytes; false at the end of the file. Leaves them in {@link #piece}. */
    private boolean read(int most) throws IOException {
        piece.clear().limit(most);
        if (bytes.read(piece) <= 0) {
            return false;
        }
        hash.update(piece.flip());
        piece.rewind();
        return true;
    }

    private void verify() throws IOException {
        ContentDigest found = ContentDigest.of(hash);
        if (!found.equals(digest)) {
            store.remove(digest);
            throw new RegistryException(
                    Kind.DATA_LOSS,
                    "artifact %s was damaged in the store (now %s) and is gone; upload it again",
                    digest,
                    found);
        }
    }
}
