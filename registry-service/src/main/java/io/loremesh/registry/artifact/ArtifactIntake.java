package io.loremesh.registry.artifact;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The way into every store: an upload grows in a file of this machine, {@code artifacts/partial/ab….part}, and is
 * published when the digest of all that was written to it matches and the disk has it. So an upload that was cut goes
 * on at any byte, where S3's multipart uploads know parts of 5 MiB and more; no store ever has bytes that were not
 * verified; and all of this is written once. Every method blocks. Safe for concurrent use; one upload of an artifact at
 * a time.
 */
@ApplicationScoped
class ArtifactIntake {
    private static final String SUFFIX = ".part";

    private final ArtifactStore store;
    private final Path partials;
    private final Set<ContentDigest> uploading = ConcurrentHashMap.newKeySet();

    /** Bytes stored of an artifact, and whether they are all of it. */
    record Status(long storedBytes, boolean complete) {}

    /** Bytes on their way in. What was written survives {@link #close()} and can be continued. */
    interface Upload extends AutoCloseable {
        /** Errors: RegistryException INVALID where this would be more than announced. */
        void write(ByteBuffer data) throws IOException;

        /**
         * Verifies and publishes. Errors: RegistryException INVALID (bytes missing), DATA_LOSS (other digest: nothing
         * is kept).
         */
        void finish() throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * @param dataDir directory of the registry's files; uploads lie below it in {@code artifacts/partial/}
     */
    ArtifactIntake(
            ArtifactStore store,
            @ConfigProperty(name = "loremesh.data-dir", defaultValue = ".mesh/registry") Path dataDir) {
        this.store = store;
        this.partials = dataDir.resolve("artifacts/partial").toAbsolutePath();
    }

    /**
     * A process that died after it had published to another machine left the file. Also, a store that is not there
     * shows now.
     */
    void sweepAtStart(@Observes StartupEvent start) throws IOException {
        for (Kept partial : Kept.below(partials, SUFFIX, false)) {
            if (store.size(partial.digest()).isPresent()) {
                Files.deleteIfExists(partialPath(partial.digest()));
            }
        }
    }

    /** Everything stored, whole or not, in no particular order. */
    List<Kept> list() throws IOException {
        var kept = new ArrayList<>(store.list());
        kept.addAll(Kept.below(partials, SUFFIX, false));
        return kept;
    }

    /** Errors: RegistryException NOT_FOUND where there is not a byte. */
    Status status(ContentDigest digest) throws IOException {
        OptionalLong complete = store.size(digest);
        if (complete.isPresent()) {
            return new Status(complete.getAsLong(), true);
        }
        Path partial = partialPath(digest);
        if (Files.exists(partial)) {
            return new Status(Files.size(partial), false);
        }
        throw new RegistryException(Kind.NOT_FOUND, "artifact %s is not stored; UploadArtifact stores it", digest);
    }

    /** Continues or begins an upload. Errors: RegistryException OUT_OF_RANGE, BUSY. */
    Upload upload(ContentDigest digest, long size, long offset) throws IOException {
        if (!uploading.add(digest)) {
            throw new RegistryException(Kind.BUSY, "artifact %s is being uploaded by another; try again", digest);
        }
        try {
            return store.size(digest).isPresent() ? new Stored(digest) : new Growing(digest, size, offset);
        } catch (IOException | RuntimeException e) {
            uploading.remove(digest);
            throw e;
        }
    }

    /**
     * Keeps uploads of an artifact by this process out until it is closed. Errors: RegistryException BUSY while one is
     * on its way.
     */
    Hold hold(ContentDigest digest) {
        if (!uploading.add(digest)) {
            throw new RegistryException(Kind.BUSY, "artifact %s is being uploaded; try again", digest);
        }
        return new Hold(digest);
    }

    private Path partialPath(ContentDigest digest) {
        return partials.resolve(digest.hex() + SUFFIX);
    }

    /** The sole use of an artifact in this process. */
    final class Hold implements AutoCloseable {
        private final ContentDigest digest;

        private Hold(ContentDigest digest) {
            this.digest = digest;
        }

        /** Forgets the upload that was cut, if there is one. */
        void removePartial() throws IOException {
            Files.deleteIfExists(partialPath(digest));
        }

        @Override
        public void close() {
            uploading.remove(digest);
        }
    }

    /** The bytes are all here: what a client sends again is not needed. */
    private final class Stored implements Upload {
        private final ContentDigest digest;

        Stored(ContentDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(ByteBuffer data) {}

        @Override
        public void finish() {}

        @Override
        public void close() {
            uploading.remove(digest);
        }
    }

    private final class Growing implements Upload {
        private final ContentDigest digest;
        private final long size;
        private final Path partial;
        private final GrowingFile file;

        Growing(ContentDigest digest, long size, long offset) throws IOException {
            this.digest = digest;
            this.size = size;
            this.partial = partialPath(digest);
            Files.createDirectories(partials);
            this.file = GrowingFile.open(partial);
            if (offset > file.size()) {
                long stored = file.size();
                file.close();
                throw new RegistryException(
                        Kind.OUT_OF_RANGE,
                        "artifact %s has %d bytes stored; continue from there, not from %d",
                        digest,
                        stored,
                        offset);
            }
            file.continueFrom(offset);
        }

        @Override
        public void write(ByteBuffer data) throws IOException {
            if (file.size() + data.remaining() > size) {
                throw new RegistryException(
                        Kind.INVALID, "artifact %s brings more than the %d bytes it announced", digest, size);
            }
            file.write(data);
        }

        @Override
        public void finish() throws IOException {
            if (file.size() < size) {
                throw new RegistryException(
                        Kind.INVALID,
                        "the upload of %s ended at %d of %d bytes; continue from there",
                        digest,
                        file.size(),
                        size);
            }
            ContentDigest found = file.digest();
            if (!found.equals(digest)) {
                Files.delete(partial);
                throw new RegistryException(
                        Kind.DATA_LOSS,
                        "the bytes sent as %s are %s; nothing was kept, send them again",
                        digest,
                        found);
            }
            file.force();
            store.publish(digest, partial);
        }

        @Override
        public void close() throws IOException {
            // A call that is cut is closed from another thread than the one that writes: only then may the next begin.
            try {
                file.close();
            } finally {
                uploading.remove(digest);
            }
        }
    }
}
