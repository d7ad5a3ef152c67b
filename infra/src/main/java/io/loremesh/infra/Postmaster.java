package io.loremesh.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The PostgreSQL server process of a data directory, as its {@code postmaster.pid} tells. A server outlives the JVM
 * that started it when that JVM is killed; this finds such an orphan and stops it.
 */
final class Postmaster {
    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(15);
    private static final Duration KILL = Duration.ofSeconds(5);

    private Postmaster() {}

    /**
     * Stops the server that still runs on this directory, if any, and removes a stale lock file. PostgreSQL itself
     * refuses to start where the lock file's process id has been given to an unrelated process; here that id must
     * belong to a server of this very directory to count.
     */
    static void stopOrphan(Path postgresDir) throws IOException, InterruptedException {
        Path lockFile = postgresDir.resolve("postmaster.pid");
        Optional<ProcessHandle> orphan = running(postgresDir, lockFile);
        if (orphan.isPresent()) {
            stop(orphan.get());
        }
        Files.deleteIfExists(lockFile);
    }

    /**
     * SIGKILL to the server of this directory, if any, and to all of its processes. It is halted first: a backend that
     * it could still fork would hold the shared memory, and the next server would not start.
     */
    static void kill(Path postgresDir) throws IOException, InterruptedException {
        Optional<ProcessHandle> server = running(postgresDir, postgresDir.resolve("postmaster.pid"));
        if (server.isEmpty()) {
            return;
        }
        signal("STOP", server.get());
        List<ProcessHandle> family =
                Stream.concat(server.stream(), server.get().descendants()).toList();
        family.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : family) {
            endsWithin(KILL, process);
        }
    }

    private static Optional<ProcessHandle> running(Path postgresDir, Path lockFile) throws IOException {
        if (!Files.exists(lockFile)) {
            return Optional.empty();
        }
        String pid = Files.readString(lockFile).lines().findFirst().orElse("").strip();
        if (!pid.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(pid)).filter(process -> serves(process, postgresDir));
    }

    private static boolean serves(ProcessHandle process, Path postgresDir) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres")
                        && line.contains(postgresDir.toAbsolutePath().toString()))
                .isPresent();
    }

    /**
     * SIGINT is PostgreSQL's fast shutdown: clients are cut off, data is written. SIGTERM would wait for the clients.
     */
    private static void stop(ProcessHandle server) throws IOException, InterruptedException {
        signal("INT", server);
        if (!endsWithin(FAST_SHUTDOWN, server)) {
            server.destroyForcibly();
            // Past this it can only be a zombie that nobody collects, which holds nothing.
            endsWithin(KILL, server);
        }
    }

    private static void signal(String name, ProcessHandle server) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                .start()
                .waitFor();
    }

    private static boolean endsWithin(Duration patience, ProcessHandle server)
            throws IOException, InterruptedException {
        try {
            server.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for PostgreSQL process " + server.pid(), e);
        }
    }
}
