package io.loremesh.registry.artifact;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Complete artifacts under their digest. {@link ArtifactIntake} verifies what comes in; {@link ArtifactDownload} and
 * {@link ArtifactSlice} verify what goes out. Every method blocks; none holds more than a piece in memory. Safe for
 * concurrent use. Errors of a store that is elsewhere: RegistryException UNAVAILABLE.
 */
interface ArtifactStore extends AutoCloseable {
    /** Every complete artifact, in no particular order. */
    List<Kept> list() throws IOException;

    /** Bytes of an artifact; empty where it is not stored. */
    OptionalLong size(ContentDigest digest) throws IOException;

    /** Takes in a file whose bytes match the digest: all of it or nothing, in which case the file is still there. */
    void publish(ContentDigest digest, Path verified) throws IOException;

    /** Opens an artifact at its first byte. Errors: RegistryException NOT_FOUND. */
    SeekableByteChannel read(ContentDigest digest) throws IOException;

    /** Removes an artifact if it is there. */
    void remove(ContentDigest digest) throws IOException;

    @Override
    default void close() {}
}
