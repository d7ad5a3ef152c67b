package io.loremesh.trainer.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.checkpoint.SafetensorsFile;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Against the logits of Transformers itself; {@code src/test/python/golden_qwen2.py} makes the files. */
class DecoderGoldenTest {

    @Test
    void logitsAreThoseOfTransformers() throws Exception {
        Path golden =
                Path.of(getClass().getResource("golden/config.json").toURI()).getParent();
        ModelConfig config = ModelConfig.read(golden);
        JsonNode expected =
                new ObjectMapper().readTree(golden.resolve("logits.json").toFile());
        Weights weights = new Weights();
        try (SafetensorsFile file = SafetensorsFile.open(golden.resolve("model.safetensors"))) {
            ParameterShapes.of(config)
                    .forEach(
                            (name, shape) -> weights.put(name, file.tensor(name).toFloats(), shape));
        }

        float[] logits;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Decoder decoder = Decoder.of(config, weights);
            logits = Weights.valuesOf(decoder.logits(decoder.hidden(tokens(expected.get("tokens")))));
        }

        float[] reference = new float[expected.get("logits").size()];
        for (int i = 0; i < reference.length; i++) {
            reference[i] = (float) expected.get("logits").get(i).asDouble();
        }
        assertThat(logits).containsExactly(reference, within(2e-4f));
    }

    private static Tensor tokens(JsonNode rows) {
        int width = rows.get(0).size();
        long[] tokens = new long[rows.size() * width];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = rows.get(i / width).get(i % width).asLong();
        }
        return Tensor.create(tokens, rows.size(), width);
    }
}
