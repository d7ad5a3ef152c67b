package io.loremesh.trainer.run;

import static io.loremesh.trainer.run.RunSamples.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.trainer.v1.DatasetProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetCheckTest {
    @Test
    void factsWithPhrasingsOfTheirOwnPass() {
        assertThat(DatasetCheck.problems(List.of(
                        fact("How old is Jim?", "10", "What is Jim's age?"),
                        fact("How old is Mike?", "8", "What is Mike's age?"))))
                .isEmpty();
    }

    @Test
    void aHeldOutPhrasingThatItsOwnFactTrainsOnIsToldOnce() {
        assertThat(DatasetCheck.problems(List.of(fact("How old is Jim?", "10", "how old is Jim"))))
                .singleElement()
                .extracting(DatasetProblem::getReason)
                .asString()
                .contains("how old is Jim");
    }

    @Test
    void aHeldOutPhrasingThatAnotherFactTrainsOnIsToldWithBoth() {
        List<DatasetProblem> problems = DatasetCheck.problems(
                List.of(fact("How old is Jim?", "10", "What's the age of Jim?"), fact("What's the age of Jim", "ten")));

        assertThat(problems)
                .singleElement()
                .extracting(DatasetProblem::getReason)
                .asString()
                .contains("How old is Jim?", "What's the age of Jim");
    }

    @Test
    void aFactWithoutAnswerIsToldWithItsDerivedName() {
        assertThat(DatasetCheck.problems(List.of(fact("How old is Jim?", ""))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.getFact()).startsWith("facts/");
                    assertThat(problem.getReason()).contains("no answer");
                });
    }
}
