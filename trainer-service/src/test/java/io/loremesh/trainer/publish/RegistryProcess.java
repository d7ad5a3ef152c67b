package io.loremesh.trainer.publish;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.loremesh.client.RegistryStubs;
import io.loremesh.infra.InfraProcess;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged registry-service as a process of its own, on a real PostgreSQL and Kafka and without a generator, and a
 * caller of it. What it needs lies in {@code registry-service/target} under the repository's root (system property
 * {@code loremesh.root}).
 */
public final class RegistryProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Duration START = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final int port;
    private final ManagedChannel channel;

    private RegistryProcess(Process process, int port) {
        this.process = process;
        this.port = port;
        this.channel = ManagedChannelBuilder.forAddress("localhost", port)
                .usePlaintext()
                .build();
    }

    /**
     * Starts it on a free port and returns when it answers.
     *
     * @param dir what it keeps, its log among it
     */
    public static RegistryProcess start(InfraProcess infra, Path dir) {
        Path log = dir.resolve("registry.log");
        try {
            Process process = new ProcessBuilder(command(infra, Files.createDirectories(dir)))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new RegistryProcess(process, awaitPort(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException("the registry cannot be started", e);
        }
    }

    private static List<String> command(InfraProcess infra, Path dir) {
        Path runner = Path.of(
                        System.getProperty("loremesh.root", ""), "registry-service/target/quarkus-app/quarkus-run.jar")
                .toAbsolutePath();
        if (!Files.exists(runner)) {
            throw new IllegalStateException(
                    "%s is missing; build it with `./mvnw -pl registry-service -am -DskipTests package`"
                            .formatted(runner));
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dquarkus.http.port=0",
                "-Dloremesh.data-dir=" + dir,
                "-Dkafka.bootstrap.servers=" + infra.kafkaBootstrap(),
                "-Dquarkus.datasource.jdbc.url=" + infra.jdbcUrl(),
                "-Dquarkus.datasource.reactive.url=" + infra.reactiveUrl(),
                // Nothing listens there: the generator is away, so versions are kept and none is judged.
                "-Dquarkus.grpc.clients.generator.port=1",
                "-jar",
                runner.toString());
    }

    private static int awaitPort(Process process, Path log) throws IOException {
        Instant end = Instant.now().plus(START);
        try {
            while (!process.waitFor(100, TimeUnit.MILLISECONDS) && Instant.now().isBefore(end)) {
                Matcher listening = LISTENING.matcher(Files.readString(log));
                if (listening.find()) {
                    return Integer.parseInt(listening.group(1));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException(
                "the registry did not start within %s; its log:%n%s".formatted(START, Files.readString(log)));
    }

    public int port() {
        return port;
    }

    /** Records facts as an upstream system would. */
    public void record(Fact... facts) {
        var response = calls().facts()
                .recordFacts(RecordFactsRequest.newBuilder()
                        .addAllFacts(List.of(facts))
                        .build());
        if (response.getRejectedCount() > 0) {
            throw new IllegalArgumentException(response.getRejectedList().toString());
        }
    }

    public Version version(String name) {
        return calls().versions()
                .getVersion(GetVersionRequest.newBuilder().setName(name).build());
    }

    public Lineage lineage(String version) {
        return calls().lineage()
                .getLineage(GetLineageRequest.newBuilder().setVersion(version).build());
    }

    /** Makes a version the active one, unjudged. */
    public void activate(String version) {
        calls().aliases()
                .setAlias(SetAliasRequest.newBuilder()
                        .setModel(version.substring(0, version.indexOf("/versions/")))
                        .setAlias("active")
                        .setVersion(version)
                        .setActor("test")
                        .setForce(true)
                        .build());
    }

    private RegistryStubs calls() {
        return RegistryStubs.within(Duration.ofSeconds(30), channel);
    }

    /** Stops it and waits for it. */
    @Override
    public void close() {
        channel.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
