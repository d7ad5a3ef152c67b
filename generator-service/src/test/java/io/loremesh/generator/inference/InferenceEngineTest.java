package io.loremesh.generator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.model.TinyBase;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ParameterShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InferenceEngineTest {
    private static final EngineLimits LIMITS = new EngineLimits(3, 64, 16, 5, 1);

    @TempDir
    static Path dir;

    private static Checkpoint base;
    private static Adapter adapter;

    @BeforeAll
    static void open() throws IOException {
        base = Checkpoint.open(TinyBase.write(Files.createDirectory(dir.resolve("base")), TinyBase.CONFIG, 3));
        adapter = RandomAdapter.write(Files.createDirectory(dir.resolve("a")), base, 3, ParameterShapes.LINEARS, 1);
    }

    @AfterAll
    static void close() {
        base.close();
    }

    @Test
    void manyRequestsAtATimeDecodeWhatEachDecodesAlone() throws InterruptedException {
        LoraWeights lora = LoraWeights.of(adapter, base.config());
        List<int[]> prompts = new ArrayList<>();
        List<TokenStream> streams = new ArrayList<>();
        try (InferenceEngine engine = new InferenceEngine(base, LIMITS)) {
            for (int i = 0; i < 10; i++) {
                prompts.add(tokens(2 + i * 3 % 13, i));
                streams.add(engine.generate(
                        Generation.greedy(prompts.get(i), 3 + i, Set.of(), i % 2 == 0 ? lora : LoraWeights.NONE)));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(read(streams.get(i)))
                        .as("request %d", i)
                        .isEqualTo(greedy(prompts.get(i), 3 + i, i % 2 == 0 ? adapter : null));
                assertThat(streams.get(i).finishReason()).isEqualTo(FinishReason.LENGTH);
            }
        }
    }

    @Test
    void aStopTokenEndsTheAnswerAndIsNoPartOfIt() throws InterruptedException {
        int[] prompt = tokens(6, 1);
        List<Integer> free = greedy(prompt, 8, null);
        int stop = free.get(5);
        try (InferenceEngine engine = new InferenceEngine(base, LIMITS);
                TokenStream stream = engine.generate(Generation.greedy(prompt, 8, Set.of(stop), LoraWeights.NONE))) {
            assertThat(read(stream)).isEqualTo(free.subList(0, free.indexOf(stop)));
            assertThat(stream.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(stream.stopToken()).map(Token::id).contains(stop);
        }
    }

    @Test
    void howLikelyAnotherBeginningWasIsTold() throws InterruptedException {
        int[] prompt = tokens(6, 1);
        int first = greedy(prompt, 1, null).getFirst();
        int other = first + 1;
        double[] row = new ReferenceDecoder(base, null).logits(prompt)[prompt.length - 1];
        double sum = Arrays.stream(row).map(Math::exp).sum();
        try (InferenceEngine engine = new InferenceEngine(base, LIMITS);
                TokenStream stream = engine.generate(
                        Generation.greedy(prompt, 3, Set.of(), LoraWeights.NONE).watching(Set.of(first, other)))) {
            read(stream);

            assertThat(stream.watchedProbability()).isCloseTo(Math.exp(row[other]) / sum, within(1e-5));
        }
    }

    @Test
    void scoresEqualTheReferenceAcrossSlices() {
        int[] context = tokens(7, 4);
        int[] text = tokens(6, 5);
        int[] whole =
                IntStream.concat(IntStream.of(context), IntStream.of(text)).toArray();
        double[][] logits = new ReferenceDecoder(base, adapter).logits(whole);
        try (InferenceEngine engine = new InferenceEngine(base, LIMITS)) {
            double[] scores = engine.score(context, text, LoraWeights.of(adapter, base.config()))
                    .join();

            for (int i = 0; i < text.length; i++) {
                double[] row = logits[context.length - 1 + i];
                double sum = Arrays.stream(row).map(Math::exp).sum();
                assertThat(scores[i]).isCloseTo(row[text[i]] - Math.log(sum), within(1e-4));
            }
        }
    }

    @Test
    void theSameSeedDrawsTheSameTokensAndAnotherSeedOthers() throws InterruptedException {
        int[] prompt = tokens(4, 1);
        try (InferenceEngine engine = new InferenceEngine(base, LIMITS)) {
            List<Integer> one = read(engine.generate(new Generation(prompt, 20, 1, 7, Set.of(), LoraWeights.NONE)));
            List<Integer> same = read(engine.generate(new Generation(prompt, 20, 1, 7, Set.of(), LoraWeights.NONE)));
            List<Integer> other = read(engine.generate(new Generation(prompt, 20, 1, 8, Set.of(), LoraWeights.NONE)));

            assertThat(same).isEqualTo(one);
            assertThat(other).isNotEqualTo(one);
        }
    }

    @Test
    void aFullQueueRefusesAndACancelledRequestMakesRoom() throws InterruptedException {
        EngineLimits one = new EngineLimits(1, 250, 1, 5, 1);
        try (InferenceEngine engine = new InferenceEngine(base, one)) {
            List<TokenStream> taken = new ArrayList<>();
            assertThatThrownBy(() -> {
                        while (true) {
                            taken.add(engine.generate(endless()));
                        }
                    })
                    .isInstanceOf(EngineBusyException.class)
                    .hasMessageContaining("queue");
            taken.forEach(TokenStream::close);

            for (TokenStream stream : taken) {
                read(stream);
            }
            assertThat(taken.getLast().finishReason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(read(engine.generate(Generation.greedy(tokens(3, 1), 2, Set.of(), LoraWeights.NONE))))
                    .hasSize(2);
        }
    }

    @Test
    void closingLetsTheRunningAnswerEndAndRefusesNewOnes() throws InterruptedException {
        InferenceEngine engine = new InferenceEngine(base, LIMITS);
        TokenStream stream = engine.generate(Generation.greedy(tokens(9, 1), 30, Set.of(), LoraWeights.NONE));

        engine.close(Duration.ofSeconds(30));

        assertThat(read(stream)).hasSize(30);
        assertThat(stream.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThatThrownBy(() -> engine.generate(endless()))
                .isInstanceOf(EngineBusyException.class)
                .hasMessageContaining("draining");
    }

    @Test
    void aPromptThatDoesNotFitIsRefusedWithItsLengthAndTheLimit() {
        try (InferenceEngine engine = new InferenceEngine(base, LIMITS)) {
            assertThatThrownBy(() -> engine.generate(Generation.greedy(tokens(64, 1), 1, Set.of(), LoraWeights.NONE)))
                    .isInstanceOf(PromptTooLongException.class)
                    .hasMessageContaining("64 tokens")
                    .hasMessageContaining("63");
            assertThatThrownBy(
                            () -> engine.generate(Generation.greedy(new int[] {9999}, 1, Set.of(), LoraWeights.NONE)))
                    .hasMessageContaining("9999");
        }
    }

    private static Generation endless() {
        return Generation.greedy(tokens(3, 1), 240, Set.of(), LoraWeights.NONE);
    }

    private static List<Integer> read(TokenStream stream) throws InterruptedException {
        List<Integer> ids = new ArrayList<>();
        for (Optional<Token> token = stream.next(); token.isPresent(); token = stream.next()) {
            ids.add(token.get().id());
        }
        return ids;
    }

    private static List<Integer> greedy(int[] prompt, int count, Adapter adapter) {
        List<Integer> answer = new ArrayList<>();
        int[] all = prompt;
        for (int i = 0; i < count; i++) {
            double[] logits = new ReferenceDecoder(base, adapter).logits(all)[all.length - 1];
            int best = 0;
            for (int t = 1; t < logits.length; t++) {
                best = logits[t] > logits[best] ? t : best;
            }
            answer.add(best);
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = best;
        }
        return answer;
    }

    private static int[] tokens(int count, long seed) {
        return new Random(seed).ints(count, 0, TinyBase.CONFIG.vocabSize()).toArray();
    }
}
