package io.loremesh.cli.launch;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.infra.InfraProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes of an earlier {@code mesh up} on the same data directory that was killed before it could stop them. */
final class Leftovers {
    /** A mesh that lost one of its parts stops the others; that takes a moment. */
    private static final Duration STOPPING = Duration.ofSeconds(45);

    private Leftovers() {}

    /**
     * Stops them.
     *
     * @throws Failure if the earlier {@code mesh up} is alive and well
     */
    static void stop(MeshLayout layout, Terminal terminal) throws IOException, InterruptedException {
        awaitOwner(layout);
        for (Path file : pidFiles(layout)) {
            Optional<ProcessHandle> process = PidFile.read(file).flatMap(PidFile::process);
            if (process.isPresent()) {
                terminal.line(
                        "  stopping %s (process %d) that an earlier mesh left behind",
                        file.getFileName().toString().replace(".pid", ""),
                        process.get().pid());
                Stopping.stop(process.get());
            }
            Files.deleteIfExists(file);
        }
        InfraProcess.stopOrphan(layout.infraDir());
    }

    private static void awaitOwner(MeshLayout layout) throws IOException, InterruptedException {
        Optional<ProcessHandle> owner =
                PidFile.read(layout.pidFile(RunningMesh.OWNER)).flatMap(PidFile::process);
        if (owner.isEmpty()) {
            return;
        }
        if (allAlive(layout)) {
            throw upAlready(layout, owner.get());
        }
        try {
            owner.get().onExit().get(STOPPING.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw upAlready(layout, owner.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot wait for process " + owner.get().pid(), e);
        }
    }

    private static Failure upAlready(MeshLayout layout, ProcessHandle owner) {
        return new Failure("a mesh is up on %s already (process %d); stop it with Ctrl-C there or `kill %d`"
                .formatted(layout.dataDir(), owner.pid(), owner.pid()));
    }

    private static boolean allAlive(MeshLayout layout) throws IOException {
        for (Path file : pidFiles(layout)) {
            if (PidFile.read(file).flatMap(PidFile::process).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> pidFiles(MeshLayout layout) throws IOException {
        if (!Files.isDirectory(layout.runDir())) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(layout.runDir(), "*.pid")) {
            files.forEach(found::add);
        }
        return found;
    }
}
