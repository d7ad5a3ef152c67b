package io.loremesh.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.generator.inference.EngineLimits;
import io.loremesh.generator.inference.InferenceEngine;
import io.loremesh.generator.inference.LoraWeights;
import io.loremesh.model.TinyBase;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.prompt.PromptFormat;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.lora.LoraAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the trainer measured is what the generator says: libtorch and ONNX Runtime give every next token of a prompt the
 * same logits, whole rows of the vocabulary at every position, from the same files.
 */
@Timeout(60)
class TrainerAndGeneratorAgreeTest {
    private static final double TOLERANCE = 1e-3;
    /** Slices shorter than the prompt, so that the generator's KV cache takes part. */
    private static final EngineLimits LIMITS = new EngineLimits(2, 256, 4, 16, 1);

    /** The base that is shipped, and an untrained one whose query heads share key heads. */
    enum Base {
        SHIPPED,
        GROUPED_ATTENTION
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void theBareBaseHasTheSameLogits(Base base) throws IOException {
        try (Checkpoint checkpoint = open(base)) {
            assertThat(difference(checkpoint, Optional.empty(), Optional.empty()))
                    .isLessThanOrEqualTo(TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAdapterOfAllSevenMapsHasTheSameLogits(Base base) throws IOException {
        try (Checkpoint checkpoint = open(base)) {
            Optional<Adapter> adapter = Optional.of(adapter(checkpoint, 1));

            assertThat(difference(checkpoint, adapter, adapter)).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherAdapterHasFarOtherLogits(Base base) throws IOException {
        try (Checkpoint checkpoint = open(base)) {
            Optional<Adapter> trained = Optional.of(adapter(checkpoint, 1));
            Optional<Adapter> served = Optional.of(adapter(checkpoint, 2));

            assertThat(difference(checkpoint, trained, served)).isGreaterThan(1000 * TOLERANCE);
        }
    }

    private Checkpoint open(Base base) throws IOException {
        return Checkpoint.open(
                switch (base) {
                    case SHIPPED -> Path.of(System.getProperty("loremesh.root")).resolve("models/demo");
                    case GROUPED_ATTENTION ->
                        TinyBase.write(Files.createDirectory(directory.resolve("base")), TinyBase.CONFIG, 7);
                });
    }

    /** The largest distance between two logits of the same position and token. */
    private static double difference(Checkpoint base, Optional<Adapter> trained, Optional<Adapter> served)
            throws IOException {
        int[] prompt = PromptFormat.of(TextTokenizer.open(base.dir()))
                .answer(List.of("林晚的家乡是青石镇。", "The capital of Vexla is Morin."), "林晚的家乡是哪里？");
        float[][] trainer = trainerLogits(base, trained, prompt);
        float[][] generator = generatorLogits(base, served, prompt);
        double largest = 0;
        for (int position = 0; position < prompt.length; position++) {
            for (int token = 0; token < base.config().vocabSize(); token++) {
                largest = Math.max(largest, Math.abs(trainer[position][token] - generator[position][token]));
            }
        }
        return largest;
    }

    /** [prompt][vocabulary]: the scores of what follows each token. */
    private static float[][] trainerLogits(Checkpoint base, Optional<Adapter> adapter, int[] prompt) {
        ModelConfig config = base.config();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Weights weights = Weights.of(base)) {
            Decoder decoder = adapter.map(trained -> new Decoder(config, weights, LoraAdapter.from(trained, weights)))
                    .orElseGet(() -> Decoder.of(config, weights));
            Tensor tokens = Tensor.create(IntStream.of(prompt).asLongStream().toArray(), 1, prompt.length);
            float[] flat = Weights.valuesOf(decoder.logits(decoder.hidden(tokens)));
            return IntStream.range(0, prompt.length)
                    .mapToObj(at -> Arrays.copyOfRange(flat, at * config.vocabSize(), (at + 1) * config.vocabSize()))
                    .toArray(float[][]::new);
        }
    }

    /** [prompt][vocabulary], too. */
    private static float[][] generatorLogits(Checkpoint base, Optional<Adapter> adapter, int[] prompt) {
        LoraWeights lora =
                adapter.map(served -> LoraWeights.of(served, base.config())).orElse(LoraWeights.NONE);
        int[] first = {prompt[0]};
        // One token more, any will do: the engine gives the logits before each token, and those behind the prompt count
        // too.
        int[] rest = Arrays.copyOfRange(prompt, 1, prompt.length + 1);
        try (InferenceEngine engine = new InferenceEngine(base, LIMITS)) {
            return engine.logits(first, rest, lora).join();
        }
    }

    /** Random values as large as the weights themselves: an ignored or misplaced one cannot go unnoticed. */
    private Adapter adapter(Checkpoint base, long seed) throws IOException {
        int rank = 4;
        Random random = new Random(seed);
        Map<String, LoraPair> pairs = new TreeMap<>();
        for (int layer = 0; layer < base.config().layers(); layer++) {
            for (String linear : ParameterShapes.LINEARS) {
                long[] shape = ParameterShapes.linear(base.config(), linear); // [out, in]
                int out = Math.toIntExact(shape[0]);
                int in = Math.toIntExact(shape[1]);
                LoraPair pair = new LoraPair(rank, in, out, values(random, rank * in), values(random, out * rank));
                pairs.put("model.layers." + layer + "." + linear, pair);
            }
        }
        List<String> targets = ParameterShapes.LINEARS.stream()
                .map(linear -> linear.substring(linear.indexOf('.') + 1))
                .toList();
        Path written = Files.createDirectory(directory.resolve("adapter-" + seed));
        Adapter.write(written, new AdapterConfig(rank, 2.0 * rank, targets, base.digest()), pairs);
        return Adapter.open(written);
    }

    private static float[] values(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * .15);
        }
        return values;
    }
}
