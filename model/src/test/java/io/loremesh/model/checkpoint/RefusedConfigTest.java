package io.loremesh.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.family.RotaryAngles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LLAMA = """
        {"architectures":["LlamaForCausalLM"],"attention_bias":false,"hidden_act":"silu","hidden_size":64,
         "intermediate_size":128,"max_position_embeddings":4096,"mlp_bias":false,"model_type":"llama",
         "num_attention_heads":4,"num_hidden_layers":2,"num_key_value_heads":2,"rms_norm_eps":1e-05,
         "rope_theta":500000.0,"tie_word_embeddings":false,"vocab_size":100}\
        """;

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hidden_size",
                "num_hidden_layers",
                "num_attention_heads",
                "intermediate_size",
                "vocab_size",
                "max_position_embeddings",
                "model_type"
            })
    void whatIsMissingIsRefusedByKey(String key) throws IOException {
        ObjectNode config = (ObjectNode) JSON.readTree(LLAMA);
        config.remove(key);

        assertRefused(config.toString(), key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quantization_config | {\"bits\":4}",
                "logit_scale | 0.0625",
                "mlp_bias | true",
                "attention_bias | true",
                "partial_rotary_factor | 0.75",
                "layer_types | [\"sliding_attention\"]",
                "rope_scaling | {\"rope_type\":\"longrope\",\"factor\":2}",
                "rope_scaling | {\"rope_type\":\"linear\"}",
                "rope_scaling | {\"rope_type\":\"linear\",\"factor\":2,\"what\":1}",
                "rope_parameters | {\"rope_type\":\"dynamic\",\"rope_theta\":500000.0}",
                "rope_parameters | {\"rope_type\":\"default\",\"rope_theta\":10000.0}"
            })
    void whatIsUnknownIsRefusedByKey(String key, String value) throws IOException {
        ObjectNode config = (ObjectNode) JSON.readTree(LLAMA);
        config.set(key, JSON.readTree(value));

        assertRefused(config.toString(), key);
    }

    @Test
    void thetaIsReadFromTheNewerParametersToo() throws IOException {
        ObjectNode config = (ObjectNode) JSON.readTree(LLAMA);
        config.remove("rope_theta");
        config.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", 1e6);

        assertThat(read(config.toString()).rotary()).isEqualTo(RotaryAngles.unscaled(1e6));
    }

    @Test
    void aSlidingWindowBoundsTheSequenceSoThatItChangesNothing() throws IOException {
        ObjectNode config = (ObjectNode) JSON.readTree(LLAMA);
        config.put("sliding_window", 512);

        assertThat(read(config.toString()).maxPositions()).isEqualTo(512);
    }

    @Test
    void scalingSurvivesBeingWritten() throws IOException {
        ObjectNode config = (ObjectNode) JSON.readTree(LLAMA);
        config.putObject("rope_scaling")
                .put("rope_type", "llama3")
                .put("factor", 8)
                .put("low_freq_factor", 1)
                .put("high_freq_factor", 4)
                .put("original_max_position_embeddings", 1024);
        ModelConfig read = read(config.toString());

        read.write(dir);

        assertThat(ModelConfig.read(dir)).isEqualTo(read);
        double[] scaled = read.rotary().frequencies(16);
        double[] plain = RotaryAngles.unscaled(500_000).frequencies(16);
        assertThat(scaled[0]).isEqualTo(plain[0]); // short waves stay
        assertThat(scaled[7]).isCloseTo(plain[7] / 8, within(1e-12)); // long ones are stretched
    }

    private void assertRefused(String config, String key) {
        assertThatThrownBy(() -> read(config))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(key);
    }

    private ModelConfig read(String config) throws IOException {
        Files.writeString(dir.resolve("config.json"), config);
        return ModelConfig.read(dir);
    }
}
