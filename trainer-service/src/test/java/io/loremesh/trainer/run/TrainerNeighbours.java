package io.loremesh.trainer.run;

import io.loremesh.infra.InfraProcess;
import io.loremesh.model.TinyBase;
import io.loremesh.trainer.publish.RegistryServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the trainer talks to: a real Kafka, a registry on a real connection, and a tiny untrained base. */
public final class TrainerNeighbours implements QuarkusTestResourceLifecycleManager {
    /** The registry of the service under test. */
    static RegistryServer registry;

    private InfraProcess infra;

    @Override
    public Map<String, String> start() {
        infra = InfraProcess.start(null, 0, 0);
        registry = new RegistryServer();
        try {
            Path dir = Files.createTempDirectory("trainer-service-it");
            TinyBase.write(Files.createDirectory(dir.resolve("base")), TinyBase.CONFIG, 1);
            return Map.of(
                    "kafka.bootstrap.servers", infra.kafkaBootstrap(),
                    "quarkus.grpc.clients.registry.test-port", Integer.toString(registry.port()),
                    "loremesh.data-dir", dir.resolve("data").toString(),
                    "loremesh.model-dir", dir.resolve("base").toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the tiny base cannot be written", e);
        }
    }

    @Override
    public void stop() {
        if (registry != null) {
            registry.close();
        }
        if (infra != null) {
            infra.close();
        }
    }
}
