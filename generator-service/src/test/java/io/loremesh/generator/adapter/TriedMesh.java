package io.loremesh.generator.adapter;

import io.loremesh.generator.TinyMesh;
import io.loremesh.generator.inference.RandomAdapter;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ParameterShapes;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The tiny mesh with a registry that has one version, which says something else than the bare base. */
public class TriedMesh extends TinyMesh {
    public static final String VERSION = "models/demo/versions/1";

    private StandInRegistry registry;

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(super.start());
        try (Checkpoint base = Checkpoint.open(Path.of(settings.get("loremesh.model-dir")))) {
            Path adapter = Files.createTempDirectory("adapter");
            RandomAdapter.write(adapter, base, 2, ParameterShapes.LINEARS, 1);
            var archive = new ByteArrayOutputStream();
            AdapterArchive.pack(adapter, archive);
            registry = new StandInRegistry();
            registry.put(VERSION, StandInRegistry.digest(archive.toByteArray()), archive.toByteArray());
        } catch (Exception failure) {
            throw new IllegalStateException("no version to try", failure);
        }
        settings.put("quarkus.grpc.clients.registry.test-port", String.valueOf(registry.port()));
        return settings;
    }

    @Override
    public void stop() {
        registry.close();
        super.stop();
    }
}
