package io.loremesh.registry.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;

/** Keeps bytes under their digest. Every method blocks; none holds more than a piece in memory. */
interface ArtifactStore {
    /** Bytes stored of an artifact, and whether they are all of it. */
    record Status(long storedBytes, boolean complete) {}

    /** Something stored, whole or not, and when its bytes last changed. */
    record Kept(ContentDigest digest, long bytes, Instant changed, boolean complete) {}

    /** Everything stored, in no particular order. */
    List<Kept> list() throws IOException;

    /** Keeps uploads of an artifact out until it is closed. Errors: RegistryException BUSY while one is on its way. */
    Hold hold(ContentDigest digest);

    /** Errors: RegistryException NOT_FOUND where there is not a byte. */
    Status status(ContentDigest digest) throws IOException;

    /** Continues or begins an upload. Errors: RegistryException OUT_OF_RANGE, BUSY. */
    Upload upload(ContentDigest digest, long size, long offset) throws IOException;

    /** Opens a complete artifact from its first byte. Errors: RegistryException NOT_FOUND. */
    SeekableByteChannel read(ContentDigest digest) throws IOException;

    /** Forgets an artifact whose bytes are no longer what its digest says, so that it can be uploaded again. */
    void discard(ContentDigest digest) throws IOException;

    /** Bytes on their way in. What was written survives {@link #close()} and can be continued. */
    interface Upload extends AutoCloseable {
        /** Errors: RegistryException INVALID where this would be more than announced. */
        void write(ByteBuffer data) throws IOException;

        /** Verifies and publishes. Errors: RegistryException INVALID (bytes missing), DATA_LOSS (other digest: nothing is kept). */
        void finish() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The sole use of an artifact. */
    interface Hold extends AutoCloseable {
        /** Removes every byte of it, if there is any. */
        void remove() throws IOException;

        @Override
        void close();
    }
}
