package io.loremesh.trainer.run;

import io.loremesh.infra.InfraProcess;
import io.loremesh.model.TinyBase;
import io.loremesh.trainer.publish.RegistryProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the trainer talks to, all of it real: Kafka, the packaged registry on PostgreSQL, and a tiny untrained base. */
public final class TrainerNeighbours implements QuarkusTestResourceLifecycleManager {
    /** The registry of the service under test. */
    static RegistryProcess registry;

    private InfraProcess infra;

    @Override
    public Map<String, String> start() {
        infra = InfraProcess.start(null, 0, 0);
        try {
            Path dir = Files.createTempDirectory("trainer-service-it");
            registry = RegistryProcess.start(infra, dir.resolve("registry"));
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
