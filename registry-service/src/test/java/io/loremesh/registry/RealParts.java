package io.loremesh.registry;

import io.loremesh.infra.InfraProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** The real PostgreSQL and the real Kafka that integration tests run on. */
public class RealParts implements QuarkusTestResourceLifecycleManager {
    private InfraProcess infra;

    @Override
    public Map<String, String> start() {
        infra = InfraProcess.start(null, 0, 0);
        try {
            var files = Files.createTempDirectory("loremesh-registry");
            return Map.of(
                    "kafka.bootstrap.servers", infra.kafkaBootstrap(),
                    "quarkus.datasource.jdbc.url", infra.jdbcUrl(),
                    "quarkus.datasource.reactive.url", infra.reactiveUrl(),
                    "loremesh.data-dir", files.toString(),
                    "loremesh.authority.dir", files.resolve("authority").toString(),
                    // Nothing listens there: the generator is away.
                    "quarkus.grpc.clients.generator.test-port", "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (infra != null) {
            infra.close();
        }
    }
}
