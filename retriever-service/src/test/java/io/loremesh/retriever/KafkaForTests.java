package io.loremesh.retriever;

import io.loremesh.infra.InfraProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A real Kafka and an empty data directory for the service under test. */
public final class KafkaForTests implements QuarkusTestResourceLifecycleManager {
    private InfraProcess infra;

    @Override
    public Map<String, String> start() {
        infra = InfraProcess.start(null, 0, 0);
        try {
            return Map.of(
                    "kafka.bootstrap.servers",
                    infra.kafkaBootstrap(),
                    "loremesh.data-dir",
                    Files.createTempDirectory("retriever").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        infra.close();
    }
}
