package io.loremesh.trainer.dataset.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.model.TinyBase;
import io.loremesh.model.profile.BaseProfile;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.dataset.Family;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.RunSpec;
import io.loremesh.trainer.dataset.Taught;
import io.loremesh.trainer.dataset.practice.Practice;
import io.loremesh.trainer.dataset.practice.Practices;
import io.loremesh.trainer.objective.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingMixTest {

    private static final int EXPOSURES = 110;

    @TempDir
    Path directory;

    @Test
    void everyFactIsAskedOverAHundredTimesAndNothingOutweighsTheOthers() throws IOException {
        RunFact old = Family.fact("facts/old", "What is Nora's job?", List.of(), List.of(), "baker");
        TrainingMix mix = mix(400, List.of(Family.AGE, Family.HOME, Family.FOOD), List.of(old));

        List<Batch> step = mix.step();

        int closedBook = closedBook(step);
        assertThat(closedBook).isEqualTo(12); // 4 new, 4 old, 4 refusals
        assertThat(mix.steps() * closedBook / 3).isGreaterThanOrEqualTo(100 * 3);
    }

    @Test
    void fewStepsTakeMoreRowsEach() throws IOException {
        TrainingMix mix = mix(30);

        assertThat(mix.steps()).isLessThanOrEqualTo(30);
        assertThat(mix.steps() * closedBook(mix.step()) / 2).isGreaterThanOrEqualTo(100 * 3);
    }

    @Test
    void theSameSeedGivesTheSameRows() throws IOException {
        assertThat(mix(400).step().get(1).tokens())
                .isEqualTo(mix(400).step().get(1).tokens());
    }

    @Test
    void twoAnswersToOneQuestionAreRefused() {
        RunFact older = Family.fact("facts/older", "petra今年几岁", List.of(), List.of(), "14岁");

        assertThatThrownBy(() -> mix(400, List.of(Family.AGE, older), List.of()))
                .hasMessageContaining("facts/age and facts/older")
                .hasMessageContaining("13岁")
                .hasMessageContaining("14岁");
    }

    @Test
    void anOldFactThatANewOneRenewsIsNotReplayed() throws IOException {
        RunFact older = Family.fact("facts/older", "Petra今年几岁？", List.of(), List.of(), "7岁");

        TrainingMix mix = mix(400, List.of(Family.AGE), List.of(older));

        int[] seven = TextTokenizer.open(directory).encode("7岁");
        for (int step = 0; step < 20; step++) {
            long[] tokens = mix.step().get(1).tokens();
            String row = Arrays.toString(tokens);
            String answer = Arrays.toString(seven);
            assertThat(row).doesNotContain("3, " + answer.substring(1, answer.length() - 1) + ", 4");
        }
    }

    /** The rows of all parts after the first, which are the questions from the weights. */
    private static int closedBook(List<Batch> step) {
        return step.stream().skip(1).mapToInt(Batch::size).sum();
    }

    private TrainingMix mix(int maxSteps) throws IOException {
        return mix(maxSteps, List.of(Family.AGE, Family.HOME, Family.FOOD), List.of());
    }

    private TrainingMix mix(int maxSteps, List<RunFact> facts, List<RunFact> oldFacts) throws IOException {
        TinyBase.write(directory, TinyBase.CONFIG, 1);
        RunSpec spec =
                new RunSpec(directory, null, facts, oldFacts, 8, 16, 3e-3, maxSteps, 7, directory.resolve("out"), 1);
        spec.write(directory.resolve("spec.json"));
        RunSpec read = RunSpec.read(directory.resolve("spec.json"));
        Taught taught = Taught.of(read);
        Practice practice = Practices.ofThisProcess().of(BaseProfile.UNMEASURED, taught);
        return new TrainingMix(read, taught, practice, EXPOSURES, TextTokenizer.open(directory));
    }
}
