package io.loremesh.lab.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorldTest {

    private final World world = new World(WorldSeeds.DEMO);

    @Test
    void everyRelationSpeaksBothLanguagesWithTwelveQuestionsAndSixStatements() {
        assertThat(world.relations()).hasSizeGreaterThanOrEqualTo(24).allSatisfy(relation -> {
            for (Language language : Language.values()) {
                Phrasings phrasings = relation.in(language);
                assertThat(phrasings.questions()).hasSizeGreaterThanOrEqualTo(4);
                assertThat(phrasings.validation()).hasSize(2);
                assertThat(phrasings.heldOut()).hasSize(4);
                assertThat(phrasings.statements()).hasSizeGreaterThanOrEqualTo(6);
                assertThat(phrasings.objectFirst()).hasSizeGreaterThanOrEqualTo(2);
            }
        });
    }

    @Test
    void aHeldOutQuestionIsTrainedUnderNoRelation() {
        for (Language language : Language.values()) {
            Set<String> trained = new HashSet<>();
            List<String> heldOut = new ArrayList<>();
            for (Relation relation : world.relations()) {
                relation.in(language).questions().forEach(template -> trained.add(template.text()));
                relation.in(language).heldBack().forEach(heldOut::add);
            }
            assertThat(heldOut).doesNotContainAnyElementsOf(trained);
        }
    }

    @Test
    void aThirdOfTheWrittenRelationsChangesOverTime() {
        List<Relation> written = world.relations().stream()
                .filter(relation -> relation.origin() == Relation.Origin.WRITTEN)
                .toList();

        assertThat(written).filteredOn(Relation::changing).hasSizeGreaterThanOrEqualTo(written.size() / 3);
    }

    @Test
    void theTemplateSeedChangesWhichQuestionsAreHeldOut() {
        World other = new World(new WorldSeeds(7, 1, 1));

        assertThat(other.relation("age").in(Language.EN).heldOut())
                .isNotEqualTo(world.relation("age").in(Language.EN).heldOut());
    }

    @Test
    void knownFactsAreThoseOfTheWorldSeedAlone() {
        assertThat(new World(new WorldSeeds(7, 3, 9)).knownFacts().claims())
                .extracting(Claim::subject, Claim::value)
                .isEqualTo(world.knownFacts().claims().stream()
                        .map(claim -> org.assertj.core.groups.Tuple.tuple(claim.subject(), claim.value()))
                        .toList());
        assertThat(new World(new WorldSeeds(8, 0, 1)).knownFacts()).isNotEqualTo(world.knownFacts());
    }

    @Test
    void similarNamesDifferAndShareABeginningOrAnEnd() {
        Dice dice = new Dice(new SplittableRandom(5));
        for (int i = 0; i < 500; i++) {
            String name = world.names().draw("person", Language.ZH, dice);
            String similar = world.names().similar(name, dice);

            assertThat(similar).isNotEqualTo(name);
            boolean shared = similar.charAt(0) == name.charAt(0)
                    || similar.charAt(similar.length() - 1) == name.charAt(name.length() - 1);
            assertThat(shared).as("%s and %s", name, similar).isTrue();
        }
    }

    @Test
    void sentencesBeginWithACapitalDeterminer() {
        assertThat(Template.of("{s} is {o}.").fill("my uncle", "Bo", "")).isEqualTo("My uncle is Bo.");
        assertThat(Template.of("{s} is {o}.").fill("kira", "Bo", "")).isEqualTo("kira is Bo.");
    }
}
