package io.loremesh.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelConfigTest {
    /** Qwen2.5-0.5B-Instruct's own file, shortened. */
    private static final String QWEN = """
            {"architectures":["Qwen2ForCausalLM"],"hidden_act":"silu","hidden_size":896,"intermediate_size":4864,
             "max_position_embeddings":32768,"model_type":"qwen2","num_attention_heads":14,"num_hidden_layers":24,
             "num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_theta":1000000.0,"tie_word_embeddings":true,
             "use_sliding_window":false,"vocab_size":151936}""";

    @TempDir
    Path dir;

    @Test
    void readsHuggingFaceKeysAndTheFamilysDefaults() throws IOException {
        Files.writeString(dir.resolve("config.json"), QWEN);

        ModelConfig config = ModelConfig.read(dir);

        assertThat(config)
                .isEqualTo(new ModelConfig(
                        "Qwen2ForCausalLM", "qwen2", 896, 24, 14, 2, 64, 4864, 151936, 32768, 1e6, 1e-6, true, true));
    }

    @Test
    void refusesWhatItWouldComputeWrongly() throws IOException {
        Files.writeString(dir.resolve("config.json"), QWEN.replace("\"silu\"", "\"gelu\""));

        assertThatThrownBy(() -> ModelConfig.read(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("hidden_act")
                .hasMessageContaining("gelu");
    }

    @Test
    void refusesAnUnknownFamily() throws IOException {
        Files.writeString(dir.resolve("config.json"), QWEN.replace("\"qwen2\"", "\"mamba\""));

        assertThatThrownBy(() -> ModelConfig.read(dir)).hasMessageContaining("mamba");
    }
}
