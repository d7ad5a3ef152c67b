package io.loremesh.generator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.loremesh.model.TinyBase;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ParameterShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the ONNX graph to {@link ReferenceDecoder}: a wrong sign, order or shape shows as a difference of logits. */
class DecoderTest {
    private static final double TOLERANCE = 1e-4;
    private static final int ROWS = 4;

    @TempDir
    static Path dir;

    private static Checkpoint base;
    private static Adapter all;
    private static Adapter some;
    private static Decoder decoder;

    @BeforeAll
    static void open() throws IOException, OrtException {
        base = Checkpoint.open(TinyBase.write(Files.createDirectory(dir.resolve("base")), TinyBase.CONFIG, 3));
        all = RandomAdapter.write(Files.createDirectory(dir.resolve("a")), base, 3, ParameterShapes.LINEARS, 1);
        some = RandomAdapter.write(
                Files.createDirectory(dir.resolve("b")), base, 2, List.of("self_attn.v_proj", "mlp.up_proj"), 2);
        decoder = new Decoder(base, ROWS, 64, 1);
    }

    @AfterAll
    static void close() {
        decoder.close();
        base.close();
    }

    @Test
    void prefillEqualsTheReferenceAtEveryPosition() throws OrtException {
        int[] tokens = tokens(11, 1);

        float[][] logits = decoder.prefill(0, tokens, 0, IntStream.range(0, 11).toArray(), LoraWeights.NONE);

        assertSame(logits, new ReferenceDecoder(base, null).logits(tokens));
    }

    @Test
    void aPromptInSlicesEqualsThePromptAtOnce() throws OrtException {
        int[] tokens = tokens(13, 2);

        decoder.prefill(2, Arrays.copyOfRange(tokens, 0, 5), 0, new int[0], LoraWeights.NONE);
        decoder.prefill(2, Arrays.copyOfRange(tokens, 5, 12), 5, new int[0], LoraWeights.NONE);
        float[][] logits = decoder.prefill(2, new int[] {tokens[12]}, 12, new int[] {0}, LoraWeights.NONE);

        assertClose(logits[0], new ReferenceDecoder(base, null).logits(tokens)[12]);
    }

    @Test
    void raggedRowsWithDifferentAdaptersEqualTheReferenceOfEach() throws OrtException {
        List<int[]> prompts = List.of(tokens(3, 3), tokens(17, 4), tokens(8, 5), tokens(1, 6));
        List<Adapter> adapters = Arrays.asList(all, null, some, all);
        LoraWeights allWeights = LoraWeights.of(all, base.config());
        List<LoraWeights> lora = List.of(allWeights, LoraWeights.NONE, LoraWeights.of(some, base.config()), allWeights);
        for (int row = 0; row < ROWS; row++) {
            decoder.prefill(row, prompts.get(row), 0, new int[0], lora.get(row));
        }
        int[] next = tokens(ROWS, 7);
        int[] lengths = prompts.stream().mapToInt(prompt -> prompt.length).toArray();

        float[][] logits = decoder.decode(next, lengths, lora);

        for (int row = 0; row < ROWS; row++) {
            int[] whole = Arrays.copyOf(prompts.get(row), lengths[row] + 1);
            whole[lengths[row]] = next[row];
            assertClose(logits[row], new ReferenceDecoder(base, adapters.get(row)).logits(whole)[lengths[row]]);
        }
    }

    @Test
    void prefillWithAnAdapterEqualsTheReference() throws OrtException {
        int[] tokens = tokens(9, 8);

        float[][] logits =
                decoder.prefill(1, tokens, 0, IntStream.range(0, 9).toArray(), LoraWeights.of(all, base.config()));

        assertSame(logits, new ReferenceDecoder(base, all).logits(tokens));
        assertThat((double) logits[8][0])
                .isNotCloseTo(new ReferenceDecoder(base, null).logits(tokens)[8][0], within(1e-2));
    }

    @Test
    void aMovedRowGoesOnWhereItStood() throws OrtException {
        int[] tokens = tokens(6, 9);
        decoder.prefill(3, Arrays.copyOf(tokens, 5), 0, new int[0], LoraWeights.NONE);

        decoder.move(3, 0, 5);
        float[][] logits = decoder.decode(new int[] {tokens[5]}, new int[] {5}, List.of(LoraWeights.NONE));

        assertClose(logits[0], new ReferenceDecoder(base, null).logits(tokens)[5]);
    }

    @Test
    void anUntiedHeadWithoutBiasEqualsTheReference(@TempDir Path other) throws IOException, OrtException {
        ModelConfig config =
                new ModelConfig("LlamaForCausalLM", "llama", 48, 2, 3, 3, 16, 40, 100, 64, 1e4, 1e-5, false, false);
        int[] tokens = IntStream.range(8, 15).toArray();
        try (Checkpoint checkpoint = Checkpoint.open(TinyBase.write(other, config, 5));
                Decoder untied = new Decoder(checkpoint, 1, 16, 1)) {
            float[][] logits =
                    untied.prefill(0, tokens, 0, IntStream.range(0, 7).toArray(), LoraWeights.NONE);

            assertSame(logits, new ReferenceDecoder(checkpoint, null).logits(tokens));
        }
    }

    private static int[] tokens(int count, long seed) {
        return new Random(seed).ints(count, 0, TinyBase.CONFIG.vocabSize()).toArray();
    }

    private static void assertSame(float[][] logits, double[][] expected) {
        assertThat(logits).hasDimensions(expected.length, expected[0].length);
        for (int t = 0; t < expected.length; t++) {
            assertClose(logits[t], expected[t]);
        }
    }

    private static void assertClose(float[] logits, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) logits[i]).as("logit %d", i).isCloseTo(expected[i], within(TOLERANCE));
        }
    }
}
