package io.loremesh.registry.mlflow;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Directories for the time of one call, on the disk of the artifacts: a temporary directory may be memory. What a
 * process that died left is swept at the next start, and whenever a directory is opened.
 */
@ApplicationScoped
class Spool {
    private static final Logger LOG = Logger.getLogger(Spool.class);

    /** A call writes to its directory all the time; what nobody wrote to for so long is nobody's. */
    private static final Duration LEFT_OVER = Duration.ofDays(1);

    private final Path root;

    Spool(@ConfigProperty(name = "loremesh.data-dir", defaultValue = ".mesh/registry") Path dataDir) {
        this.root = dataDir.resolve("spool").toAbsolutePath();
    }

    void sweepAtStart(@Observes StartupEvent start) {
        sweep();
    }

    /**
     * Does work in a directory of its own, which is removed when the work ends. Begins on the thread that subscribes,
     * which may block; ends on a worker thread.
     */
    <T> Uni<T> within(Function<Path, Uni<T>> work) {
        return Uni.createFrom().item(this::open).chain(dir -> Uni.createFrom()
                .deferred(() -> work.apply(dir))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .onTermination()
                .invoke(() -> remove(dir)));
    }

    private Path open() {
        sweep();
        try {
            return Files.createTempDirectory(Files.createDirectories(root), "call-");
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(root), e);
        }
    }

    private synchronized void sweep() {
        if (!Files.isDirectory(root)) {
            return;
        }
        Instant leftBefore = Instant.now().minus(LEFT_OVER);
        try (Stream<Path> found = Files.list(root)) {
            List<Path> dirs = found.toList();
            for (Path dir : dirs) {
                if (changed(dir).isBefore(leftBefore)) {
                    remove(dir);
                    LOG.infof("removed %s, which a call of a process that died had left", dir);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The call that comes next has room of its own: it need not fail for what others left.
            LOG.warnf(e, "%s cannot be swept; remove what is older than %s by hand", root, LEFT_OVER);
        }
    }

    private static Instant changed(Path dir) throws IOException {
        Instant last = Instant.MIN;
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.toList()) {
                FileTime time = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.from(Instant.now());
                last = time.toInstant().isAfter(last) ? time.toInstant() : last;
            }
        }
        return last;
    }

    private static void remove(Path dir) {
        try (Stream<Path> files = Files.walk(dir)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(dir), e);
        }
    }
}
