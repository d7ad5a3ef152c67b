package io.loremesh.lab.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.lab.curriculum.Curriculum;
import io.loremesh.lab.curriculum.Phase;
import io.loremesh.lab.curriculum.Sample;
import io.loremesh.lab.curriculum.SampleSource;
import io.loremesh.lab.curriculum.Segment;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.decoder.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two short phases of copying, on the whole way from the structured start to the base's files. */
class PretrainingTest {

    private static final int STEP_TOKENS = 200;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void aRunStoppedTwiceEndsInTheBytesOfOneThatNeverStopped(Precision precision) throws Exception {
        Path whole = directory.resolve("whole");
        Path stopped = directory.resolve("stopped");

        assertThat(run(whole, 1, precision, () -> false)).isEqualTo(Pretraining.Outcome.FINISHED);
        assertThat(run(stopped, 1, precision, after(17)))
                .isEqualTo(Pretraining.Outcome.STOPPED); // within the first phase
        assertThat(run(stopped, 1, precision, after(25))).isEqualTo(Pretraining.Outcome.STOPPED); // within the second
        assertThat(run(stopped, 1, precision, () -> false)).isEqualTo(Pretraining.Outcome.FINISHED);

        assertThat(stopped.resolve("model.safetensors")).hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    }

    @Test
    void theBaseIsTheMeanOfTheLastPhases() throws Exception {
        run(directory, 1, Precision.FP32, () -> false);

        CheckpointStore store = new CheckpointStore(directory, 1);
        float[] one = store.phaseWeights("one").values("model.norm.weight");
        float[] two = store.phaseWeights("two").values("model.norm.weight");
        assertThat(one).isNotEqualTo(two);
        try (Checkpoint base = Checkpoint.open(directory)) {
            float[] mean = Weights.of(base).values("model.norm.weight");
            for (int i = 0; i < mean.length; i++) {
                assertThat(mean[i]).isEqualTo((one[i] + two[i]) / 2, within(1e-6f));
            }
        }
    }

    @Test
    void anotherCommandDoesNotGoOnWithARunsState() throws Exception {
        run(directory, 1, Precision.FP32, after(2));

        assertThatThrownBy(() -> run(directory, 2, Precision.FP32, () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("seed 1")
                .hasMessageContaining("seed 2");
    }

    /** As when the process dies between the two renames of a save. */
    @Test
    void theStateBeforeIsTakenWhereTheLatestIsMissing() throws Exception {
        run(directory, 1, Precision.FP32, after(2));
        Files.move(directory.resolve("latest"), directory.resolve("latest.previous"));

        CheckpointStore.Saved saved = new CheckpointStore(directory, 1).latest().orElseThrow();

        assertThat(saved.progress().steps()).isEqualTo(2);
        assertThat(saved.optimiser()).isPresent();
    }

    private static Pretraining.Outcome run(Path out, long seed, Precision precision, BooleanSupplier stop)
            throws Exception {
        CheckpointStore store = new CheckpointStore(out, 1);
        TextTokenizer tokenizer = TextTokenizer.open(store.vocabulary());
        ModelConfig config = DemoRecipe.shape(64, 2, tokenizer.vocabSize());
        String command = "mesh pretrain --seed " + seed;
        return new Pretraining(
                        new Curriculum(
                                List.of(phase("one", Phase.Decay.CONSTANT), phase("two", Phase.Decay.LINEAR)),
                                2,
                                List.of()),
                        config,
                        tokenizer::encode,
                        store,
                        new RunSettings(command, seed, STEP_TOKENS, 2, precision, true),
                        new PretrainReport(command, seed, config))
                .run(stop);
    }

    private static Phase phase(String name, Phase.Decay decay) {
        SampleSource copying = random -> {
            int[] tokens = random.ints(random.nextInt(4, 20), 8, 1_000).toArray();
            return new Sample(List.of(new Segment.Tokens(tokens, 0), new Segment.Tokens(tokens, 1)));
        };
        return new Phase(
                name,
                List.of(new Phase.Share("copying", copying, 1)),
                30L * STEP_TOKENS,
                .01,
                .003,
                decay,
                new Phase.Check("copying", copying, 20, 0));
    }

    /** Stops once {@code steps} steps are done: it is asked before each. */
    private static BooleanSupplier after(int steps) {
        int[] asked = {0};
        return () -> asked[0]++ >= steps;
    }
}
