package io.loremesh.lab.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.knowledge.FactRules;
import io.loremesh.lab.suite.NewFact;
import io.loremesh.lab.suite.TuningSuite;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuningTest {
    @Test
    void aCountGivenAgainDrawsOtherFactsUnderTheSameLabel() {
        List<Tuning> tunings = Tuning.all(List.of(10, 40, 10), 0);

        assertThat(tunings).containsExactly(new Tuning.Facts(10, 1), new Tuning.Facts(40, 1), new Tuning.Facts(10, 2));
        assertThat(tunings).extracting(Tuning::id).doesNotHaveDuplicates();
        assertThat(tunings.get(2).label()).isEqualTo(tunings.get(0).label());
    }

    @Test
    void familiesAreOfBothLanguages() {
        assertThat(Tuning.all(List.of(), 2))
                .containsExactly(
                        new Tuning.Family(Language.ZH, 1),
                        new Tuning.Family(Language.EN, 1),
                        new Tuning.Family(Language.ZH, 2),
                        new Tuning.Family(Language.EN, 2));
    }

    @Test
    void noughtSwitchesThemOff() {
        assertThat(Tuning.all(List.of(0), 0)).isEmpty();
    }

    @Test
    void aNewFactIsOneThatTheMeshAccepts() {
        for (NewFact fact : new Tuning.Facts(40, 1).facts(new TuningSuite(WorldSeeds.DEMO))) {
            Fact taught = TuningFlow.fact("facts/facts-40-1-1", fact);

            assertThat(FactRules.problem(taught)).isEmpty();
            assertThat(FactRules.trainedPhrasings(taught)).isEqualTo(fact.trained());
            assertThat(taught.getHeldoutPhrasingsList()).isEqualTo(fact.heldOut());
        }
    }
}
