package io.loremesh.cli.launch;

import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** One service as a process of its own, its output in a log file. */
final class ServiceProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration POLL = Duration.ofMillis(100);
    /** A service that is up, logged an error and is still not ready after this time will not become ready. */
    private static final Duration HOPE = Duration.ofSeconds(2);

    private static final String PRACTICES = "loremesh.trainer.practices";
    private static final int READY = 200;
    private static final int NOT_READY = 503;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final ServiceKind kind;
    private final MeshLayout layout;
    private final Process process;

    private ServiceProcess(ServiceKind kind, MeshLayout layout, Process process) {
        this.kind = kind;
        this.layout = layout;
        this.process = process;
    }

    /**
     * @param heapMiB its largest Java heap
     * @param further settings beside those of the layout, {@code key=value}
     */
    static ServiceProcess start(ServiceKind kind, MeshLayout layout, int heapMiB, String... further)
            throws IOException {
        Path runner = layout.runner(kind);
        if (!Files.exists(runner)) {
            throw new Failure("%s is not built: %s is missing; run `./mvnw -DskipTests package`"
                    .formatted(kind.module(), runner));
        }
        Path log = layout.log(kind);
        Files.createDirectories(log.getParent());
        Files.createDirectories(layout.serviceDir(kind));
        Process process = new ProcessBuilder(command(kind, layout, heapMiB, further))
                .directory(layout.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PidFile.write(layout.pidFile(kind.module()), process.toHandle());
        return new ServiceProcess(kind, layout, process);
    }

    private static List<String> command(ServiceKind kind, MeshLayout layout, int heapMiB, String... further) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            // Ctrl-C reaches every process of the terminal's session; the services are to stop in order instead.
            command.add(SETSID.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx%dm".formatted(heapMiB)));
        compiler(kind).forEach(command::add);
        Stream.concat(settings(kind, layout).stream(), Stream.of(further))
                .forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", layout.runner(kind).toString()));
        return command;
    }

    /**
     * Only the optimising compiler uses the processor's instructions for SHA-256, and the registry hashes all that it
     * stores.
     */
    private static Stream<String> compiler(ServiceKind kind) {
        return switch (kind) {
            case REGISTRY -> Stream.empty();
            case RETRIEVER, GENERATOR, TRAINER -> Stream.of("-XX:TieredStopAtLevel=1");
        };
    }

    private static List<String> settings(ServiceKind kind, MeshLayout layout) {
        MeshAddress address = layout.address();
        Stream<String> all = Stream.of(
                "quarkus.http.port=" + kind.port(address),
                "loremesh.data-dir=" + layout.serviceDir(kind),
                "kafka.bootstrap.servers=localhost:" + address.kafka(),
                "quarkus.grpc.clients.retriever.port=" + address.retriever(),
                "quarkus.grpc.clients.generator.port=" + address.generator(),
                "quarkus.grpc.clients.trainer.port=" + address.trainer(),
                "quarkus.grpc.clients.registry.port=" + address.registry());
        return Stream.of(all, database(kind, address), practices(kind))
                .flatMap(Function.identity())
                .toList();
    }

    /** Jars that bring practices of bases along are named to this command as they are to the trainer. */
    private static Stream<String> practices(ServiceKind kind) {
        return switch (kind) {
            case TRAINER -> Stream.ofNullable(System.getProperty(PRACTICES)).map(jars -> PRACTICES + "=" + jars);
            case RETRIEVER, REGISTRY, GENERATOR -> Stream.empty();
        };
    }

    /** Only the registry has a database; Quarkus warns of settings for a part that a service does not have. */
    private static Stream<String> database(ServiceKind kind, MeshAddress address) {
        String url = "postgresql://localhost:%d/loremesh".formatted(address.postgres());
        return switch (kind) {
            case REGISTRY ->
                Stream.of("quarkus.datasource.jdbc.url=jdbc:" + url, "quarkus.datasource.reactive.url=" + url);
            case RETRIEVER, GENERATOR, TRAINER -> Stream.empty();
        };
    }

    /** The setting of the base that a service serves or trains. */
    static String modelDir(Path model) {
        return "loremesh.model-dir=" + model.toAbsolutePath().normalize();
    }

    ServiceKind kind() {
        return kind;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * @throws Failure if the service ends, or is not ready in time; the message holds its last error, or the end of its
     *     log
     */
    void awaitReady(HttpClient http) throws InterruptedException {
        var ready = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/q/health/ready".formatted(kind.port(layout.address()))))
                .timeout(Duration.ofSeconds(5))
                .build();
        long begin = System.nanoTime();
        long lastHope = begin;
        for (int status = ask(http, ready); status != READY; status = ask(http, ready)) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                Ports.requireFree(layout.address(), "the " + kind.id(), kind.port(layout.address()));
                throw failure("ended with status %d before it was ready".formatted(process.exitValue()));
            }
            long now = System.nanoTime();
            if (status != NOT_READY || log().lastError().isEmpty()) {
                lastHope = now;
            } else if (now - lastHope > HOPE.toNanos()) {
                throw failure("is up but cannot become ready");
            }
            if (now - begin > PATIENCE.toNanos()) {
                throw failure("was not ready within %d s".formatted(PATIENCE.toSeconds()));
            }
        }
    }

    /** The HTTP status of the readiness; 0 while nobody answers. */
    private static int ask(HttpClient http, HttpRequest ready) throws InterruptedException {
        try {
            return http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private Failure failure(String fact) {
        ServiceLog log = log();
        return new Failure(log.lastError()
                .map(error -> "%s %s: %s; its log is %s".formatted(kind.module(), fact, error, log.file()))
                .orElseGet(() -> "%s %s; the end of %s:%n%s".formatted(kind.module(), fact, log.file(), log.tail())));
    }

    private ServiceLog log() {
        return new ServiceLog(layout.log(kind));
    }

    void stop() throws IOException, InterruptedException {
        Stopping.stop(process.toHandle());
        Files.deleteIfExists(layout.pidFile(kind.module()));
    }
}
