package io.loremesh.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
    /** Qwen2.5-0.5B-Instruct's own file, shortened. */
    private static final String QWEN = """
        {"architectures":["Qwen2ForCausalLM"],"hidden_act":"silu","hidden_size":896,"intermediate_size":4864,
         "max_position_embeddings":32768,"model_type":"qwen2","num_attention_heads":14,"num_hidden_layers":24,
         "num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_theta":1000000.0,"tie_word_embeddings":true,
         "use_sliding_window":false,"vocab_size":151936}\
        """;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4}", // of what length, it leaves out
                "\"rope_parameters\": {\"rope_type\": \"llama3\", \"rope_theta\": 1000000.0}",
                "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 500000.0}",
                "\"rope_parameters\": {\"rope_type\": \"default\", \"mrope_section\": [1]}",
                "\"partial_rotary_factor\": 0.5",
                "\"mlp_bias\": true",
                "\"attention_bias\": \"yes\"",
                "\"final_logit_softcapping\": 30.0",
                "\"quantization_config\": {\"quant_method\": \"awq\"}",
                "\"layer_types\": [\"sliding_attention\", \"full_attention\"]",
                "\"auto_map\": {\"AutoModel\": \"custom.Model\"}",
                "\"something_new\": 1",
                "\"head_dim\": \"64\"",
                "\"vocab_size\": 7",
            })
    void whatIsNotAppliedIsRefusedByItsKey(String setting) throws IOException {
        Files.writeString(dir.resolve("config.json"), QWEN.replace("{", "{" + setting + ","));

        assertThatThrownBy(() -> ModelConfig.read(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(setting.contains("500000") ? "rope_theta" : setting.split("\"")[1]);
    }

    @Test
    void whatHasNoEffectOrIsNeutralIsTaken() throws IOException {
        String more =
                "{\"rope_scaling\": null, \"sliding_window\": 32768, \"max_window_layers\": 21, \"use_mrope\": false,"
                        + "\"torch_dtype\": \"bfloat16\", \"layer_types\": [\"full_attention\"], "
                        + "\"partial_rotary_factor\": 1.0,"
                        + "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 1000000.0},";
        Files.writeString(dir.resolve("config.json"), QWEN.replace("{", more));

        assertThat(ModelConfig.read(dir).ropeTheta()).isEqualTo(1e6);
    }

    @Test
    void theBaseOfTheRotationIsReadWhereEitherWriterPutsItOrIsTheFamilys() throws IOException {
        Files.writeString(
                dir.resolve("config.json"),
                QWEN.replace(
                        "\"rope_theta\":1000000.0",
                        "\"rope_parameters\":{\"rope_type\":\"default\",\"rope_theta\":5e5}"));
        assertThat(ModelConfig.read(dir).ropeTheta()).isEqualTo(5e5);

        Files.writeString(dir.resolve("config.json"), QWEN.replace(",\"rope_theta\":1000000.0", ""));
        assertThat(ModelConfig.read(dir).ropeTheta()).isEqualTo(1e4);
    }
}
