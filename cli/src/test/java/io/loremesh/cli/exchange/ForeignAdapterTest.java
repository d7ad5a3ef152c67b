package io.loremesh.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.DType;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignAdapterTest {
    private static final ModelConfig CONFIG =
            new ModelConfig("Qwen2ForCausalLM", "qwen2", 8, 1, 2, 1, 4, 16, 12, 32, 10_000, 1e-6, true, true);
    private static final String Q = "model.layers.0.self_attn.q_proj";

    @TempDir
    Path dir;

    private Checkpoint base;

    @BeforeEach
    void writeBase() throws IOException {
        Path files = Files.createDirectories(dir.resolve("base"));
        CONFIG.write(files);
        List<SafetensorsWriter.Named> tensors = ParameterShapes.of(CONFIG).entrySet().stream()
                .map(tensor -> new SafetensorsWriter.Named(
                        tensor.getKey(),
                        DType.F32,
                        tensor.getValue(),
                        new float[(int) Arrays.stream(tensor.getValue()).reduce(1, Math::multiplyExact)]))
                .toList();
        SafetensorsWriter.write(files.resolve("model.safetensors"), tensors, Map.of());
        base = Checkpoint.open(files);
    }

    @AfterEach
    void close() {
        base.close();
    }

    private ForeignAdapter foreign(String toldBase, int in, float value) throws IOException {
        Path files = Files.createDirectories(dir.resolve("foreign"));
        float[] a = new float[2 * in];
        a[1] = value;
        Adapter.write(
                files,
                new AdapterConfig(2, 4, List.of("all-linear"), toldBase),
                Map.of(Q, new LoraPair(2, in, 8, a, new float[16])));
        return ForeignAdapter.open(files);
    }

    @Test
    void whatFitsIsWrittenAnewForTheBase() throws IOException {
        Path written = foreign("Qwen/Qwen2.5-0.5B", 8, 0.5f).writeFor(base, dir.resolve("written"));

        Adapter adapter = Adapter.open(written);
        assertThat(adapter.config().baseModel()).isEqualTo(base.digest());
        assertThat(adapter.config().targetModules()).containsExactly("q_proj");
        assertThat(adapter.pairs().get(Q).a()[1]).isEqualTo(0.5f);
    }

    @Test
    void anotherBaseAnotherShapeOrNoNumberIsRefused() throws IOException {
        assertRefused(foreign("sha256:" + "0".repeat(64), 8, 0.5f), "was trained on the base sha256:000");
        assertRefused(foreign("a/b", 7, 0.5f), Q, "[8, 7]");
        assertRefused(foreign("a/b", 8, Float.NaN), "NaN at 1 of " + Q + ".lora_A");
    }

    @Test
    void whatIsNoAdapterIsRefused() throws IOException {
        Path files = Files.createDirectories(dir.resolve("torn"));
        assertThatThrownBy(() -> ForeignAdapter.open(files))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("adapter_config.json");
        Files.writeString(files.resolve("adapter_config.json"), "{\"r\": 2, \"lora_alpha\": 4}");
        Files.write(files.resolve("adapter_model.safetensors"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> ForeignAdapter.open(files))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no adapter that can be read");
    }

    private void assertRefused(ForeignAdapter foreign, String... parts) {
        assertThatThrownBy(() -> foreign.writeFor(base, dir.resolve("refused")))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(parts);
    }
}
