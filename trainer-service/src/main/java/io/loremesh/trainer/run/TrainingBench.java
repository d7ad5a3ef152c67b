package io.loremesh.trainer.run;

import io.loremesh.trainer.dataset.RunSpec;
import io.loremesh.trainer.publish.BaseModelFiles;
import io.loremesh.trainer.publish.VersionPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where training processes work: a directory per run that holds {@code spec.json}, {@code training.log}, and, until the
 * version is registered, {@code parent/} and {@code adapter/}. A failed run keeps all of them for whoever looks into
 * it.
 *
 * @param threads of the native engine, at least 1
 * @param grace how long a process may take to end before it is killed
 */
record TrainingBench(RunStore store, BaseModelFiles base, TrainingCommand command, int threads, Duration grace) {
    private static final String SPEC = "spec.json";
    private static final String PARENT = "parent";
    private static final String ADAPTER = "adapter";

    /** Writes what the process needs, the parent's adapter included. */
    void lay(Run run, TrainingMaterial material, VersionPublisher publisher) {
        Path dir = directory(run);
        Path parent = material.parent()
                .map(version -> publisher.fetch(version, dir.resolve(PARENT)))
                .orElse(null);
        try {
            spec(run.settings(), material, parent, adapterDir(run)).write(dir.resolve(SPEC));
        } catch (IOException e) {
            throw new UncheckedIOException("the specification of %s cannot be written".formatted(run.name()), e);
        }
    }

    TrainingProcess start(Run run) {
        Path dir = store.workDir(run);
        return TrainingProcess.start(command, dir.resolve(SPEC), threads, dir.resolve("training.log"));
    }

    /** Where a run's adapter lies once it is trained. */
    Path adapterDir(Run run) {
        return store.workDir(run).resolve(ADAPTER);
    }

    /** Removes what the registry holds now; the specification and the log stay as the run's record. */
    void clear(Run run) {
        for (String name : List.of(PARENT, ADAPTER)) {
            Path dir = store.workDir(run).resolve(name);
            if (Files.exists(dir)) {
                delete(dir);
            }
        }
    }

    private RunSpec spec(RunSettings settings, TrainingMaterial material, Path parent, Path out) {
        return new RunSpec(
                base.dir(),
                parent == null ? null : parent.toAbsolutePath(),
                material.facts().stream().map(FactRows::taught).toList(),
                material.replayed().stream().map(FactRows::taught).toList(),
                settings.rank(),
                settings.alpha(),
                settings.learningRate(),
                settings.maxSteps(),
                settings.seed(),
                out.toAbsolutePath(),
                threads);
    }

    private Path directory(Run run) {
        try {
            return Files.createDirectories(store.workDir(run));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s has no place to work in; check loremesh.data-dir".formatted(run.name()), e);
        }
    }

    private static void delete(Path dir) {
        try (Stream<Path> tree = Files.walk(dir)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(dir), e);
        }
    }
}
