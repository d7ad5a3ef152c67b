package io.loremesh.registry.faults;

import io.loremesh.infra.InfraProcess;
import io.loremesh.infra.PortSpan;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A real PostgreSQL and a real Kafka, each in a process of its own that a test kills and starts again, the data kept.
 */
public class BreakableParts implements QuarkusTestResourceLifecycleManager {
    /** The registry takes a second or two; a machine that others use too takes its time. */
    static final Duration RECOVERY = Duration.ofMinutes(2);

    /** Less than an outage lasts: a letter has to outlive its send. */
    static final int LETTER_MILLIS = 3_000;

    /** They come and go: nobody else may come meanwhile. */
    private final PortSpan ports = PortSpan.claimFree();

    private Path dir;
    private Part postgres;
    private Part kafka;

    /** One of the two, on the same directory and port from start to start. */
    static final class Part {
        private final BiFunction<Path, Integer, InfraProcess> starter;
        private final Path dir;
        private final int port;
        private InfraProcess process;

        private Part(BiFunction<Path, Integer, InfraProcess> starter, Path dir, int port) {
            this.starter = starter;
            this.dir = dir;
            this.port = port;
        }

        /** Returns when it answers. */
        void start() {
            process = starter.apply(dir, port);
        }

        /** SIGKILL: it finishes nothing. */
        void kill() {
            process.kill();
        }

        @Override
        public String toString() {
            return dir.getFileName().toString();
        }
    }

    Part postgres() {
        return postgres;
    }

    Part kafka() {
        return kafka;
    }

    @Override
    public Map<String, String> start() {
        try {
            dir = Files.createTempDirectory("loremesh-faults");
            // A kept directory, so with every write flushed: what PostgreSQL acknowledges has to survive.
            postgres = new Part(InfraProcess::startPostgres, dir.resolve("PostgreSQL"), ports.port(1));
            kafka = new Part(InfraProcess::startKafka, dir.resolve("Kafka"), ports.port(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres.start();
        kafka.start();
        return Map.of(
                "kafka.bootstrap.servers", kafka.process.kafkaBootstrap(),
                "quarkus.datasource.jdbc.url", postgres.process.jdbcUrl(),
                "quarkus.datasource.reactive.url", postgres.process.reactiveUrl(),
                "loremesh.data-dir", dir.resolve("registry").toString(),
                "mp.messaging.outgoing.dead-letters.delivery.timeout.ms", String.valueOf(LETTER_MILLIS),
                "mp.messaging.outgoing.dead-letters.request.timeout.ms", "2000",
                "mp.messaging.outgoing.dead-letters.max.block.ms", "2000",
                // Nothing listens there: the generator is away.
                "quarkus.grpc.clients.generator.test-port", "1");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(BreakableParts.class));
    }

    @Override
    public void stop() {
        for (Part part : new Part[] {postgres, kafka}) {
            if (part != null && part.process != null) {
                part.process.close();
            }
        }
        ports.close();
        if (dir != null) {
            delete(dir);
        }
    }

    private static void delete(Path dir) {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + dir, e);
        }
    }
}
