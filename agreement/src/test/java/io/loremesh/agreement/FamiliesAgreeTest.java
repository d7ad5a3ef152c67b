package io.loremesh.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.generator.inference.EngineLimits;
import io.loremesh.generator.inference.InferenceEngine;
import io.loremesh.generator.inference.LoraWeights;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.SafetensorsFile;
import io.loremesh.model.checkpoint.TensorView;
import io.loremesh.model.family.ModelFamily;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.lora.LoraAdapter;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trainer and generator compute every family as Transformers does: logits of the bare base and with an adapter, and the
 * adapter's gradients. {@code src/test/python/golden_families.py} makes the files.
 */
@Timeout(60)
class FamiliesAgreeTest {
    private static final double TOLERANCE = 1e-3;
    private static final EngineLimits LIMITS = new EngineLimits(2, 48, 4, 7, 1);

    @ParameterizedTest
    @ValueSource(strings = {"qwen2", "qwen2-yarn", "qwen3", "llama3", "llama-linear", "mistral", "phi3"})
    void logitsAndGradientsAreThoseOfTransformers(String family) throws IOException {
        Path golden = golden(family);
        Adapter adapter = Adapter.open(golden);
        try (Checkpoint base = Checkpoint.open(golden);
                SafetensorsFile expected = SafetensorsFile.open(golden.resolve("expected.safetensors"))) {
            int[] tokens = integers(expected.tensor("tokens"));
            float[] plain = expected.tensor("logits").toFloats();
            float[] adapted = expected.tensor("adapted").toFloats();

            assertThat(distance(generated(base, LoraWeights.NONE, tokens), plain))
                    .isLessThanOrEqualTo(TOLERANCE);
            assertThat(distance(generated(base, LoraWeights.of(adapter, base.config()), tokens), adapted))
                    .isLessThanOrEqualTo(TOLERANCE);
            assertThat(distance(trained(base, tokens), plain)).isLessThanOrEqualTo(TOLERANCE);
            assertThat(distance(plain, adapted)).isGreaterThan(100 * TOLERANCE);
            assertGradients(base, adapter, tokens, expected);
        }
    }

    @Test
    void everyFamilyHasAGoldenFile() throws IOException {
        Set<String> covered = new TreeSet<>();
        for (String family : List.of("qwen2", "qwen3", "llama3", "mistral", "phi3")) {
            try (Checkpoint base = Checkpoint.open(golden(family))) {
                covered.add(base.config().modelType());
            }
        }

        assertThat(covered).containsExactlyInAnyOrderElementsOf(ModelFamily.modelTypes());
    }

    private static float[] trained(Checkpoint base, int[] tokens) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Weights weights = Weights.of(base)) {
            Decoder decoder = Decoder.of(base.config(), weights);
            return Weights.valuesOf(decoder.logits(decoder.hidden(row(tokens))));
        }
    }

    private static void assertGradients(Checkpoint base, Adapter adapter, int[] tokens, SafetensorsFile expected) {
        try (PointerScope scope = new PointerScope();
                Weights weights = Weights.of(base)) {
            LoraAdapter lora = LoraAdapter.from(adapter, weights);
            Decoder decoder = new Decoder(base.config(), weights, lora);
            Tensor logits = decoder.logits(decoder.hidden(row(tokens)));
            assertThat(distance(
                            Weights.valuesOf(logits), expected.tensor("adapted").toFloats()))
                    .isLessThanOrEqualTo(TOLERANCE);
            Tensor seed = Tensor.create(
                    expected.tensor("seed").toFloats(),
                    tokens.length,
                    base.config().vocabSize());
            logits.mul(seed).sum().backward();
            List<String> names = new ArrayList<>();
            adapter.pairs().keySet().forEach(linear -> {
                names.add(linear + ".lora_A.weight");
                names.add(linear + ".lora_B.weight");
            });
            for (int i = 0; i < names.size(); i++) {
                float[] gradient =
                        Weights.valuesOf(lora.parameters().get(i).grad().detach());
                float[] reference = expected.tensor("gradient.base_model.model." + names.get(i))
                        .toFloats();
                assertThat(distance(gradient, reference)).as(names.get(i)).isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    private static Tensor row(int[] tokens) {
        return Tensor.create(IntStream.of(tokens).asLongStream().toArray(), 1, tokens.length);
    }

    private static float[] generated(Checkpoint base, LoraWeights lora, int[] tokens) {
        int[] first = {tokens[0]};
        // One token more, any will do: the engine gives the logits before each token.
        int[] rest = Arrays.copyOfRange(tokens, 1, tokens.length + 1);
        try (InferenceEngine engine = new InferenceEngine(base, LIMITS)) {
            float[][] rows = engine.logits(first, rest, lora).join();
            float[] flat = new float[rows.length * rows[0].length];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
            }
            return flat;
        }
    }

    /** The largest difference between two values of one place. */
    private static double distance(float[] values, float[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isFinite();
            largest = Math.max(largest, Math.abs(values[i] - expected[i]));
        }
        return largest;
    }

    private static int[] integers(TensorView view) {
        return view.data().toArray(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
    }

    private static Path golden(String family) {
        try {
            return Path.of(FamiliesAgreeTest.class
                            .getResource("golden/" + family + "/config.json")
                            .toURI())
                    .getParent();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
