package io.loremesh.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.TinyBase;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.objective.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingMixTest {

    @TempDir
    Path directory;

    @Test
    void everyFactIsAskedAHundredTimesAndNothingOutweighsTheOthers() throws IOException {
        TrainingMix mix = mix(400);

        List<Batch> step = mix.step();

        int closedBook = step.get(1).size();
        assertThat(closedBook).isEqualTo(12); // 4 new, 4 old, 4 refusals
        assertThat(mix.steps() * closedBook / 3).isGreaterThanOrEqualTo(100 * 3);
    }

    @Test
    void fewStepsTakeMoreRowsEach() throws IOException {
        TrainingMix mix = mix(30);

        assertThat(mix.steps()).isLessThanOrEqualTo(30);
        assertThat(mix.steps() * mix.step().get(1).size() / 3).isGreaterThanOrEqualTo(100 * 3);
    }

    @Test
    void theSameSeedGivesTheSameRows() throws IOException {
        assertThat(mix(400).step().get(1).tokens()).isEqualTo(mix(400).step().get(1).tokens());
    }

    private TrainingMix mix(int maxSteps) throws IOException {
        TinyBase.write(directory, TinyBase.CONFIG, 1);
        RunSpec spec = new RunSpec(
                directory,
                null,
                List.of(Family.AGE, Family.HOME, Family.FOOD),
                List.of(),
                8,
                16,
                3e-3,
                maxSteps,
                7,
                directory.resolve("out"),
                1);
        spec.write(directory.resolve("spec.json"));
        return new TrainingMix(RunSpec.read(directory.resolve("spec.json")), TextTokenizer.open(directory));
    }
}
