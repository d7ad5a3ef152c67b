package io.loremesh.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.TinyBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardedCheckpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path whole;

    @TempDir
    Path sharded;

    @Test
    void theFilesThatTheIndexNamesAreOneCheckpointAndOthersAreNoPartOfIt() throws IOException {
        shard();
        Files.writeString(sharded.resolve("consolidated.safetensors"), "not a part of it");

        try (Checkpoint one = Checkpoint.open(whole);
                Checkpoint two = Checkpoint.open(sharded)) {
            for (String name : ParameterShapes.of(TinyBase.CONFIG).keySet()) {
                assertThat(two.tensor(name).toFloats())
                        .containsExactly(one.tensor(name).toFloats());
            }
        }
    }

    @Test
    void anIndexThatNamesAFileElsewhereOrMissingIsRefusedByThatName() throws IOException {
        shard();
        for (String name : List.of("../model.safetensors", "/etc/passwd", "absent.safetensors")) {
            ObjectNode index = JSON.createObjectNode();
            index.putObject("weight_map").put("model.norm.weight", name);
            JSON.writeValue(sharded.resolve("model.safetensors.index.json").toFile(), index);

            assertThatThrownBy(() -> Checkpoint.open(sharded))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining(name);
        }
    }

    private void shard() throws IOException {
        TinyBase.write(whole, TinyBase.CONFIG, 7);
        TinyBase.CONFIG.write(sharded);
        ObjectNode index = JSON.createObjectNode();
        ObjectNode map = index.putObject("weight_map");
        List<List<SafetensorsWriter.Named>> parts = List.of(new ArrayList<>(), new ArrayList<>());
        try (SafetensorsFile file = SafetensorsFile.open(whole.resolve("model.safetensors"))) {
            int at = 0;
            for (String name : file.names()) {
                TensorView view = file.tensor(name);
                int part = at++ % 2;
                parts.get(part).add(new SafetensorsWriter.Named(name, DType.F32, view.shape(), view.toFloats()));
                map.put(name, "model-0000" + part + "-of-00002.safetensors");
            }
        }
        for (int part = 0; part < 2; part++) {
            SafetensorsWriter.write(
                    sharded.resolve("model-0000" + part + "-of-00002.safetensors"), parts.get(part), Map.of());
        }
        JSON.writeValue(sharded.resolve("model.safetensors.index.json").toFile(), index);
    }
}
