package io.loremesh.trainer.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.checkpoint.SafetensorsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the logits of Transformers itself; {@code src/test/python/golden_qwen2.py} makes the files. */
class DecoderGoldenTest {

    private final Weights weights = new Weights();
    private ModelConfig config;
    private JsonNode expected;
    private float[] reference;

    @BeforeEach
    void read() throws Exception {
        Path golden =
                Path.of(getClass().getResource("golden/config.json").toURI()).getParent();
        config = ModelConfig.read(golden);
        expected = new ObjectMapper().readTree(golden.resolve("logits.json").toFile());
        try (SafetensorsFile file = SafetensorsFile.open(golden.resolve("model.safetensors"))) {
            ParameterShapes.of(config)
                    .forEach(
                            (name, shape) -> weights.put(name, file.tensor(name).toFloats(), shape));
        }
        reference = new float[expected.get("logits").size()];
        for (int i = 0; i < reference.length; i++) {
            reference[i] = (float) expected.get("logits").get(i).asDouble();
        }
    }

    @Test
    void logitsAreThoseOfTransformers() throws Exception {
        assertThat(logits(Decoder.of(config, weights), Optional.empty())).containsExactly(reference, within(2e-4f));
    }

    @Test
    void aFewPositionsHaveTheLogitsThatTheyHaveAmongAll() throws Exception {
        int vocabulary = config.vocabSize();
        long[] rows = {1, 4, 2};

        float[] logits = logits(Decoder.of(config, weights), Optional.of(rows));

        for (int i = 0; i < rows.length; i++) {
            assertThat(Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary))
                    .containsExactly(
                            Arrays.copyOfRange(reference, (int) rows[i] * vocabulary, ((int) rows[i] + 1) * vocabulary),
                            within(2e-4f));
        }
    }

    /**
     * Of eight bits of mantissa, the last is lost now and then: percents, where another model would be as far off as
     * the logits are large.
     */
    @Test
    void roundedProductsComeClose() throws Exception {
        float[] logits = logits(new Decoder(config, weights, new Bfloat16Projections(weights)), Optional.empty());

        double squares = 0;
        double missed = 0;
        for (int i = 0; i < reference.length; i++) {
            squares += reference[i] * reference[i];
            missed += Math.pow(logits[i] - reference[i], 2);
        }
        assertThat(Math.sqrt(missed / squares)).isBetween(1e-4, .03);
    }

    private float[] logits(Decoder decoder, Optional<long[]> rows) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor tokens = tokens(expected.get("tokens"));
            Tensor hidden = rows.isPresent()
                    ? decoder.hidden(tokens, Optional.empty(), Tensor.create(rows.get()))
                    : decoder.hidden(tokens);
            return Weights.valuesOf(decoder.logits(hidden));
        }
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
