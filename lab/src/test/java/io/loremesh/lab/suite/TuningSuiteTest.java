package io.loremesh.lab.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.lab.world.KnownFacts;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Relation.Origin;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.model.answer.Language;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TuningSuiteTest {

    private final World world = new World(WorldSeeds.DEMO);
    private final TuningSuite suite = new TuningSuite(WorldSeeds.DEMO);

    @Test
    void factsAreHalfChineseAndHalfEnglishWithFourTrainedAndTwoHeldOutQuestions() {
        List<NewFact> facts = suite.facts(40, 1);

        assertThat(facts).hasSize(40).allSatisfy(fact -> {
            assertThat(fact.claim().relation().origin()).isEqualTo(Origin.WRITTEN);
            assertThat(fact.trained()).hasSize(4).doesNotHaveDuplicates();
            assertThat(fact.heldOut()).hasSize(2).doesNotHaveDuplicates();
        });
        assertThat(facts).filteredOn(fact -> fact.language() == Language.ZH).hasSize(20);
    }

    @Test
    void theDrawAndTheSplitSeedDecideTheFacts() {
        var apart = new TuningSuite(
                new WorldSeeds(WorldSeeds.DEMO.world(), WorldSeeds.DEMO.template(), WorldSeeds.DEMO.split() + 1));

        assertThat(suite.facts(10, 1)).extracting(NewFact::trained).isEqualTo(trained(suite.facts(10, 1)));
        assertThat(suite.facts(10, 2)).extracting(NewFact::trained).isNotEqualTo(trained(suite.facts(10, 1)));
        assertThat(apart.facts(10, 1)).extracting(NewFact::trained).isNotEqualTo(trained(suite.facts(10, 1)));
    }

    @Test
    void subjectsAreKnownToNobodyAndNoneIsPartOfAnother() {
        KnownFacts known = world.knownFacts();
        List<String> subjects =
                suite.facts(200, 1).stream().map(fact -> fact.claim().subject()).toList();

        assertThat(subjects).noneMatch(known::knows).doesNotHaveDuplicates();
        assertThat(subjects).allSatisfy(subject -> assertThat(subjects)
                .filteredOn(other -> !other.equals(subject))
                .noneMatch(other -> other.contains(subject)));
    }

    @Test
    void whatOneFactHoldsOutNoFactOfItsSetCanBeAskedIn() {
        for (int size : List.of(10, 40, 200)) {
            assertHeldOut(suite.facts(size, 1));
        }
        for (Language language : Language.values()) {
            for (long draw = 1; draw <= 20; draw++) {
                assertHeldOut(suite.family(language, draw));
            }
        }
    }

    /**
     * Neither as it is given nor as the trainer makes it: in any template of its relation that it does not hold out
     * itself.
     */
    private void assertHeldOut(List<NewFact> facts) {
        Set<String> all = facts.stream()
                .flatMap(fact -> templates(fact.heldOut(), fact).stream())
                .collect(Collectors.toSet());
        assertThat(facts).allSatisfy(fact -> {
            Set<String> own = templates(fact.heldOut(), fact);
            assertThat(templates(fact.trained(), fact)).doesNotContainAnyElementsOf(all);
            Relation relation = fact.claim().relation();
            assertThat(relation.in(fact.language()).everyQuestion().stream()
                            .map(template -> AnswerText.normalise(template.text()))
                            .filter(all::contains))
                    .hasSameElementsAs(own);
        });
    }

    private static Set<String> templates(List<String> questions, NewFact fact) {
        String subject = fact.claim().subject();
        return questions.stream()
                .map(question -> {
                    int at = question.toLowerCase(Locale.ROOT).indexOf(subject.toLowerCase(Locale.ROOT));
                    return question.substring(0, at) + "{s}" + question.substring(at + subject.length());
                })
                .map(AnswerText::normalise)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void aFamilyHasNineFactsEachWithAFifthQuestionHeldOut(Language language) {
        List<NewFact> facts = suite.family(language, 3);

        assertThat(facts).hasSize(TuningSuite.FAMILY_FACTS).allSatisfy(fact -> {
            assertThat(fact.language()).isEqualTo(language);
            assertThat(fact.trained()).hasSize(4).doesNotHaveDuplicates();
            assertThat(fact.heldOut()).hasSize(1);
        });
        assertThat(facts.stream().flatMap(fact -> Stream.concat(fact.trained().stream(), fact.heldOut().stream())))
                .doesNotHaveDuplicates();
    }

    @Test
    void neighboursAskWhatWasTaughtOfSomebodyElse() {
        List<NewFact> facts = suite.facts(10, 1).stream()
                .filter(fact -> fact.language() == Language.EN)
                .toList();
        Set<String> taught = facts.stream()
                .flatMap(fact -> Stream.concat(fact.trained().stream(), fact.heldOut().stream()))
                .collect(Collectors.toSet());

        assertThat(suite.neighbours(facts, 50, 1)).hasSize(50).allSatisfy(probe -> {
            assertThat(probe.answerable()).isFalse();
            assertThat(probe.passages()).isEmpty();
            assertThat(taught).doesNotContain(probe.question());
        });
        assertThat(suite.neighbours(List.of(), 50, 1)).isEmpty();
    }

    @Test
    void aFactsProbesAcceptItsAnswerAlone() {
        NewFact fact = suite.facts(1, 1).getFirst();

        assertThat(fact.heldOutProbes()).hasSize(2).allSatisfy(probe -> {
            assertThat(probe.accepted()).containsExactly(fact.answer());
            assertThat(probe.passages()).isEmpty();
        });
        assertThat(fact.trainedProbes()).extracting(Probe::question).isEqualTo(fact.trained());
    }

    private static List<List<String>> trained(List<NewFact> facts) {
        return facts.stream().map(NewFact::trained).toList();
    }
}
