package io.loremesh.generator;

import io.loremesh.infra.InfraProcess;
import io.loremesh.model.TinyBase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A real broker and an untrained base for the integration tests; retriever and registry are away. */
public class TinyMesh implements QuarkusTestResourceLifecycleManager {
    /** Where nothing listens. */
    private static final String NOBODY = "9";

    private InfraProcess infra;
    private Path dir;

    @Override
    public Map<String, String> start() {
        infra = InfraProcess.start(null, 0, 0);
        try {
            dir = Files.createTempDirectory("tiny-mesh");
            Path base = TinyBase.write(Files.createDirectory(dir.resolve("base")), TinyBase.CONFIG, 3);
            return Map.of(
                    "loremesh.model-dir", base.toString(),
                    "loremesh.data-dir", dir.resolve("data").toString(),
                    "kafka.bootstrap.servers", infra.kafkaBootstrap(),
                    "quarkus.grpc.clients.retriever.test-port", NOBODY,
                    "quarkus.grpc.clients.registry.test-port", NOBODY);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        infra.close();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
