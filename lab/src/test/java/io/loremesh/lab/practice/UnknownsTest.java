package io.loremesh.lab.practice;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.lab.world.Phrasings;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.HeldOut;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RunFact;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnknownsTest {

    private static final World WORLD = new World(WorldSeeds.DEMO);
    private static final List<RunFact> FACTS = List.of(FamilyFacts.AGE, FamilyFacts.HOME, FamilyFacts.FOOD);

    @Test
    void subjectsThatAreTaughtAreNeverRefused() {
        List<Row> rows = draw(400);

        assertThat(rows).extracting(Row::question).noneMatch(question -> question.contains("Petra"));
        assertThat(rows).extracting(Row::question).noneMatch(question -> question.startsWith("姑姑"));
        assertThat(rows).extracting(Row::question).noneMatch(question -> question.contains("Hugo "));
    }

    @Test
    void refusalsAreInTheQuestionsLanguage() {
        assertThat(draw(200)).extracting(Row::answer).containsOnly("不知道", "unknown");
        assertThat(draw(200))
                .filteredOn(row -> row.question().endsWith("years old?"))
                .extracting(Row::answer)
                .doesNotContain("不知道");
    }

    @Test
    void aQuestionOfNoKnownFormIsRefusedOfOtherNames() {
        RunFact allergy =
                FamilyFacts.fact("facts/allergy", "What is Hugo allergic to?", List.of(), List.of(), "peanuts");

        assertThat(draw(List.of(allergy), 200))
                .extracting(Row::question)
                .anyMatch(question -> question.endsWith("allergic to?"))
                .doesNotContain("What is Hugo allergic to?");
    }

    @Test
    void nobodyIsRefusedInAFormThatIsHeldOutOfTheWholeRun() {
        Phrasings age = WORLD.relation("age").in(Language.ZH);
        String trained = age.questions().getFirst().fill("Petra", "", "");
        String heldOut = age.heldOut().getFirst().fill("Petra", "", "");
        RunFact open = FamilyFacts.fact("facts/age", trained, List.of(), List.of(), "13岁");
        RunFact holding = FamilyFacts.fact("facts/age", trained, List.of(), List.of(heldOut), "13岁");
        String end = heldOut.substring(heldOut.indexOf("Petra") + "Petra".length());

        assertThat(draw(List.of(open), 500)).extracting(Row::question).anyMatch(question -> question.endsWith(end));
        assertThat(draw(List.of(holding), 500)).extracting(Row::question).noneMatch(question -> question.endsWith(end));
    }

    private static List<Row> draw(int count) {
        return draw(FACTS, count);
    }

    private static List<Row> draw(List<RunFact> facts, int count) {
        Phrasebook phrasebook = new Phrasebook(facts, new HeldOut(facts), WORLD);
        Unknowns unknowns = new Unknowns(WORLD, phrasebook, facts);
        Dice dice = new Dice(new SplittableRandom(2));
        return Stream.generate(() -> unknowns.next(dice)).limit(count).toList();
    }
}
