package io.loremesh.registry.artifact;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Artifacts in a directory: {@code artifacts/sha256/ab/ab…} when complete, {@code artifacts/partial/ab….part} until then. A
 * file gets its final name only when its bytes were read back from the disk and match, so a complete name never tells a lie.
 * Safe for concurrent use; one upload of an artifact at a time.
 */
@ApplicationScoped
public class DirectoryArtifactStore implements ArtifactStore {
    private static final int PIECE = 1 << 16;

    private final Path root;
    private final Set<ContentDigest> uploading = ConcurrentHashMap.newKeySet();

    /**
     * @param dataDir directory of the registry's files; artifacts lie below it in {@code artifacts/}
     */
    DirectoryArtifactStore(@ConfigProperty(name = "loremesh.data-dir", defaultValue = ".mesh/registry") Path dataDir) {
        this.root = dataDir.resolve("artifacts").toAbsolutePath();
    }

    @Override
    public Status status(ContentDigest digest) throws IOException {
        Path complete = completePath(digest);
        if (Files.exists(complete)) {
            return new Status(Files.size(complete), true);
        }
        Path partial = partialPath(digest);
        if (Files.exists(partial)) {
            return new Status(Files.size(partial), false);
        }
        throw new RegistryException(Kind.NOT_FOUND, "artifact %s is not stored; UploadArtifact stores it", digest);
    }

    @Override
    public Upload upload(ContentDigest digest, long size, long offset) throws IOException {
        if (!uploading.add(digest)) {
            throw new RegistryException(Kind.BUSY, "artifact %s is being uploaded by another; try again", digest);
        }
        try {
            return Files.exists(completePath(digest)) ? new Stored(digest) : new Growing(digest, size, offset);
        } catch (IOException | RuntimeException e) {
            uploading.remove(digest);
            throw e;
        }
    }

    @Override
    public SeekableByteChannel read(ContentDigest digest) throws IOException {
        Path complete = completePath(digest);
        if (!Files.exists(complete)) {
            throw new RegistryException(
                    Kind.NOT_FOUND, "artifact %s is not stored, or not all of it; UploadArtifact stores it", digest);
        }
        return FileChannel.open(complete, READ);
    }

    @Override
    public void discard(ContentDigest digest) throws IOException {
        Files.deleteIfExists(completePath(digest));
    }

    @Override
    public List<Kept> list() throws IOException {
        var kept = new ArrayList<Kept>();
        for (Path file : filesBelow(root.resolve("sha256"))) {
            kept.add(kept(file, file.getFileName().toString(), true));
        }
        for (Path file : filesBelow(root.resolve("partial"))) {
            kept.add(kept(file, file.getFileName().toString().replaceFirst("\\.part$", ""), false));
        }
        return kept;
    }

    @Override
    public Hold hold(ContentDigest digest) {
        if (!uploading.add(digest)) {
            throw new RegistryException(Kind.BUSY, "artifact %s is being uploaded; try again", digest);
        }
        return new Hold() {
            @Override
            public void remove() throws IOException {
                Files.deleteIfExists(completePath(digest));
                Files.deleteIfExists(partialPath(digest));
            }

            @Override
            public void close() {
                uploading.remove(digest);
            }
        };
    }

    private static Kept kept(Path file, String hex, boolean complete) throws IOException {
        return new Kept(
                new ContentDigest(hex),
                Files.size(file),
                Files.getLastModifiedTime(file).toInstant(),
                complete);
    }

    private static List<Path> filesBelow(Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Path completePath(ContentDigest digest) {
        return root.resolve("sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private Path partialPath(ContentDigest digest) {
        return root.resolve("partial").resolve(digest.hex() + ".part");
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
        private final FileChannel file;

        Growing(ContentDigest digest, long size, long offset) throws IOException {
            this.digest = digest;
            this.size = size;
            this.partial = partialPath(digest);
            Files.createDirectories(partial.getParent());
            this.file = FileChannel.open(partial, CREATE, READ, WRITE);
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
            file.truncate(offset).position(offset);
        }

        @Override
        public void write(ByteBuffer data) throws IOException {
            if (file.position() + data.remaining() > size) {
                throw new RegistryException(
                        Kind.INVALID, "artifact %s brings more than the %d bytes it announced", digest, size);
            }
            while (data.hasRemaining()) {
                file.write(data);
            }
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
            ContentDigest found = digestOfFile();
            if (!found.equals(digest)) {
                Files.delete(partial);
                throw new RegistryException(
                        Kind.DATA_LOSS,
                        "the bytes sent as %s are %s; nothing was kept, send them again",
                        digest,
                        found);
            }
            file.force(true);
            Path complete = completePath(digest);
            Files.createDirectories(complete.getParent());
            Files.move(partial, complete, StandardCopyOption.ATOMIC_MOVE);
        }

        private ContentDigest digestOfFile() throws IOException {
            MessageDigest hash = ContentDigest.newHash();
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            file.position(0);
            while (file.read(piece) >= 0) {
                hash.update(piece.flip());
                piece.clear();
            }
            return ContentDigest.of(hash);
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
