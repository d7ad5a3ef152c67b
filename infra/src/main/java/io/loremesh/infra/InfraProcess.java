package io.loremesh.infra;

import io.loremesh.infra.InfraOptions.Parts;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running Kafka broker and PostgreSQL server, both real, in one child process. It ends with {@link #close()} or with
 * this JVM, however that dies. Needs nothing but the JDK; the child's class path is {@code infra/target} under the
 * repository's root (system property {@code loremesh.root}, else the working directory). Both listen on this machine's
 * loopback interface alone.
 */
public final class InfraProcess implements AutoCloseable {
    /** User, password and name of the database. */
    public static final String DATABASE = "loremesh";

    private static final Pattern READY = Pattern.compile("\\{\"kafka\":\"([^\"]*)\",\"postgres\":\"([^\"]*)\"}");
    /** What the child prints in place of that, with a port, where another program has it. */
    static final String TAKEN = "taken by another program: port ";

    private static final int TRIES = 5;
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 30;
    private static final int LOG_TAIL_LINES = 15;

    private final Process process;
    private final Path dataDir;
    private final boolean temporary;
    private final String kafka;
    private final String postgres;

    private InfraProcess(Process process, Path dataDir, boolean temporary, Matcher ready) {
        this.process = process;
        this.dataDir = dataDir;
        this.temporary = temporary;
        this.kafka = ready.group(1);
        this.postgres = ready.group(2);
    }

    /**
     * Starts both and returns when they answer. On a directory that an earlier process left, however it ended, its data
     * is recovered.
     *
     * @param dataDir where the data is kept; null: in a temporary directory that {@link #close()} deletes
     * @param kafkaPort 0: a free one
     * @param postgresPort 0: a free one
     * @throws PortTakenException if another program has the given port
     * @throws IllegalStateException if either does not start; the message holds the end of the child's log
     */
    public static InfraProcess start(Path dataDir, int kafkaPort, int postgresPort) {
        return start(dataDir, kafkaPort, postgresPort, Parts.BOTH);
    }

    /** As {@link #start}, Kafka alone: nothing that happens to it happens to the database. */
    public static InfraProcess startKafka(Path dataDir, int port) {
        return start(dataDir, port, 0, Parts.KAFKA);
    }

    /** As {@link #start}, PostgreSQL alone: nothing that happens to it happens to Kafka. */
    public static InfraProcess startPostgres(Path dataDir, int port) {
        return start(dataDir, 0, port, Parts.POSTGRES);
    }

    private static InfraProcess start(Path dataDir, int kafkaPort, int postgresPort, Parts parts) {
        boolean temporary = dataDir == null;
        try {
            Path dir = temporary
                    ? Files.createTempDirectory("loremesh-infra")
                    : Files.createDirectories(dataDir).toRealPath();
            Path log = dir.resolve("infra.log");
            var command = new ArrayList<>(java());
            command.addAll(List.of("--data-dir", dir.toString()));
            command.addAll(List.of("--kafka-port", Integer.toString(kafkaPort)));
            command.addAll(List.of("--postgres-port", Integer.toString(postgresPort)));
            if (temporary) {
                command.add("--temporary");
            }
            if (parts != Parts.BOTH) {
                command.addAll(List.of("--only", parts.name()));
            }
            for (int attempt = 1; ; attempt++) {
                Process process = new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
                try {
                    return new InfraProcess(process, dir, temporary, awaitReady(process, log));
                } catch (PortTakenException taken) {
                    // One that the child chose: the next child chooses another.
                    boolean given = Stream.of(kafkaPort, postgresPort)
                            .anyMatch(port -> taken.getMessage().endsWith(" " + port));
                    if (given || attempt == TRIES) {
                        if (temporary) {
                            deleteRecursively(dir);
                        }
                        throw taken;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Kafka and PostgreSQL", e);
        }
    }

    private static List<String> java() {
        Path target = Path.of(System.getProperty("loremesh.root", ""), "infra", "target")
                .toAbsolutePath();
        Path jar = target.resolve("infra.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "%s is missing; build it with `./mvnw -pl infra -DskipTests package`, or set -Dloremesh.root"
                            .formatted(jar));
        }
        return Stream.concat(
                        ownSession(),
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseCompactObjectHeaders",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                                "-cp",
                                jar + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                                "io.loremesh.infra.InfraMain"))
                .toList();
    }

    /** Ctrl-C reaches every process of the terminal's session; this one must outlive those who still write to it. */
    private static Stream<String> ownSession() {
        return Stream.of("/usr/bin/setsid").filter(setsid -> Files.isExecutable(Path.of(setsid)));
    }

    private static Matcher awaitReady(Process process, Path log) {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var ready = CompletableFuture.supplyAsync(
                () -> out.lines()
                        .filter(line ->
                                line.startsWith(TAKEN) || READY.matcher(line).matches())
                        .findFirst(),
                Thread::startVirtualThread);
        try {
            String line = ready.get(START_SECONDS, TimeUnit.SECONDS)
                    .orElseThrow(() -> new IllegalStateException(
                            "Kafka and PostgreSQL did not start; the end of %s:%n%s".formatted(log, tail(log))));
            if (line.startsWith(TAKEN)) {
                process.waitFor();
                throw new PortTakenException("Kafka and PostgreSQL cannot start: " + line);
            }
            Matcher parts = READY.matcher(line);
            parts.matches();
            return parts;
        } catch (TimeoutException | ExecutionException e) {
            process.destroy();
            throw new IllegalStateException(
                    "Kafka and PostgreSQL were not ready within %d s; the end of %s:%n%s"
                            .formatted(START_SECONDS, log, tail(log)),
                    e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka and PostgreSQL started", e);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    /** Bootstrap servers, {@code host:port}; empty where Kafka was not started. */
    public String kafkaBootstrap() {
        return kafka;
    }

    /** For JDBC; user and password are {@value #DATABASE}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + postgres + "/" + DATABASE;
    }

    /** For the reactive client of Vert.x; user and password are {@value #DATABASE}. */
    public String reactiveUrl() {
        return "postgresql://" + postgres + "/" + DATABASE;
    }

    public String user() {
        return DATABASE;
    }

    public String password() {
        return DATABASE;
    }

    /** Process id of the child. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Stops a database server that a killed child left running on this directory. {@link #start} does so by itself;
     * this is for one who needs its port or its directory before.
     */
    public static void stopOrphan(Path dataDir) throws IOException, InterruptedException {
        Postmaster.stopOrphan(dataDir.toAbsolutePath().normalize().resolve("postgres"));
    }

    /**
     * Ends everything at this instant, as SIGKILL does: the child and every process of its database server. Nobody gets
     * to finish a thing. Start anew on the same directory, then close that one.
     */
    public void kill() {
        try {
            Postmaster.kill(dataDir.resolve("postgres"));
            process.destroyForcibly().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot kill Kafka and PostgreSQL in " + dataDir, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka and PostgreSQL were killed", e);
        }
    }

    /** Stops both cleanly and waits for it. Safe to repeat, also after the child was killed. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            // Only a child that was killed leaves its database server behind.
            Postmaster.stopOrphan(dataDir.resolve("postgres"));
            if (temporary) {
                deleteRecursively(dataDir);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop Kafka and PostgreSQL in " + dataDir, e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteRecursively(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
