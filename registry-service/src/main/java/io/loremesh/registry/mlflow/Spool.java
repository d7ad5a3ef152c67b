package io.loremesh.registry.mlflow;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Directories for the time of one call, on the disk of the artifacts: a temporary directory may be memory. Blocks. */
@ApplicationScoped
class Spool {
    private final Path root;

    Spool(@ConfigProperty(name = "loremesh.data-dir", defaultValue = ".mesh/registry") Path dataDir) {
        this.root = dataDir.resolve("spool").toAbsolutePath();
    }

    Path open() {
        try {
            Files.createDirectories(root);
            return Files.createTempDirectory(root, "call-");
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(root), e);
        }
    }

    void close(Path dir) {
        try (Stream<Path> files = Files.walk(dir)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(dir), e);
        }
    }
}
