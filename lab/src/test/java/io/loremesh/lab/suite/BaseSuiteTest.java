package io.loremesh.lab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaseSuiteTest {

    private static final Set<Ability> BY_HEART =
            Set.of(Ability.KNOWN_FACT, Ability.UNSEEN_MEMORY, Ability.UNKNOWN_SUBJECT);

    private final BaseSuite suite = new BaseSuite(WorldSeeds.DEMO);

    @ParameterizedTest
    @EnumSource(Ability.class)
    void sameSeedAsksTheSameAndAskingMoreContinuesTheList(Ability ability) {
        List<Probe> few = suite.probes(ability, Language.ZH, 10, 4);

        assertThat(suite.probes(ability, Language.ZH, 20, 4)).startsWith(few.toArray(Probe[]::new));
        assertThat(suite.probes(ability, Language.ZH, 10, 5)).isNotEqualTo(few);
    }

    @ParameterizedTest
    @EnumSource(Ability.class)
    void answersStandInThePassagesAndAbstentionsHaveNone(Ability ability) {
        for (Language language : Language.values()) {
            assertThat(suite.probes(ability, language, 50, 1)).hasSize(50).allSatisfy(probe -> {
                assertThat(probe.passages().isEmpty()).isEqualTo(BY_HEART.contains(ability));
                assertThat(probe.answerable()).isEqualTo(!ability.label().startsWith("abstains"));
                if (probe.answerable() && !BY_HEART.contains(ability) && ability != Ability.HOP_BY_HEART) {
                    assertThat(String.join("\n", probe.passages()))
                            .contains(probe.accepted().iterator().next());
                }
            });
        }
    }
}
