package io.loremesh.registry.artifact;

import static java.nio.file.StandardOpenOption.READ;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalLong;

/** Artifacts in a directory, {@code sha256/ab/ab…}. A file gets its name in one step, so a name never tells a lie. */
final class DirectoryArtifactStore implements ArtifactStore {
    private final Path root;

    /**
     * @param artifacts the directory, on the disk that uploads are written to
     */
    DirectoryArtifactStore(Path artifacts) {
        this.root = artifacts.resolve("sha256").toAbsolutePath();
    }

    @Override
    public List<Kept> list() throws IOException {
        return Kept.below(root, "", true);
    }

    @Override
    public OptionalLong size(ContentDigest digest) throws IOException {
        Path file = path(digest);
        return Files.exists(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    }

    @Override
    public void publish(ContentDigest digest, Path verified) throws IOException {
        Path file = path(digest);
        Files.createDirectories(file.getParent());
        Files.move(verified, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public SeekableByteChannel read(ContentDigest digest) throws IOException {
        Path file = path(digest);
        if (!Files.exists(file)) {
            throw new RegistryException(
                    Kind.NOT_FOUND, "artifact %s is not stored, or not all of it; UploadArtifact stores it", digest);
        }
        return FileChannel.open(file, READ);
    }

    @Override
    public void remove(ContentDigest digest) throws IOException {
        Files.deleteIfExists(path(digest));
    }

    private Path path(ContentDigest digest) {
        return root.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }
}
