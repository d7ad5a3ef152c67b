package io.loremesh.trainer.dataset.practice;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.TinyBase;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.statistic.Dice;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.dataset.Family;
import io.loremesh.trainer.dataset.HeldOut;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RowEncoder;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.Taught;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactPracticeTest {

    private static final int DRAWS = 500;
    private static final RunFact JOB =
            Family.fact("facts/job", "Where does Nora work?", List.of(), List.of(), "a bakery");
    private static final RunFact AGE = Family.fact("facts/age-en", "How old is Hugo?", List.of(), List.of(), "13");

    private final Dice dice = new Dice(new SplittableRandom(3));

    @TempDir
    Path directory;

    @Test
    void aFactIsAskedAsItIsGivenAndInItsKeyWordsAndNeverAsItIsHeldOut() {
        RunFact held = Family.fact("facts/food", "What does Hugo eat?", List.of(), List.of("Hugo, eat"), "noodles");
        HeldOut heldOut = new HeldOut(List.of(held));

        List<String> asked = draw(() -> practice(held).rephrase(held, dice));

        assertThat(asked).contains("What does Hugo eat?").noneMatch(heldOut::contains);
        assertThat(practice(Family.HOME).rephrasings(Family.HOME)).allMatch(text -> text.contains("姑姑"));
    }

    @Test
    void nobodyIsRefusedWhoIsKnown() {
        List<Row> refused = draw(() -> practice(Family.AGE, Family.FOOD, JOB).refuse(dice));

        assertThat(refused).extracting(Row::answer).allMatch(Abstention::matches);
        assertThat(refused).extracting(Row::question).doesNotContain("Where does Nora work?", "Petra今年几岁？");
        assertThat(refused).extracting(Row::question).noneMatch(text -> text.contains("Hugo ") && text.contains("eat"));
    }

    @Test
    void othersAreRefusedInTheFactsOwnWords() {
        List<Row> refused = draw(() -> practice(JOB).refuse(dice));

        assertThat(refused)
                .extracting(Row::question)
                .anyMatch(text -> text.matches("Where does (?!Nora )\\w+ work\\?"));
    }

    @Test
    void aTaughtSubjectIsRefusedOnlyWhatIsOfAnotherKindThanAllThatIsKnownOfIt() {
        RunFact home = Family.fact("facts/home-en", "In which city does Nora live?", List.of(), List.of(), "Bergen");
        List<Row> refused = draw(() -> practice(JOB, home, AGE).refuse(dice));

        assertThat(refused).extracting(Row::question).contains("Where does Hugo work?");
        assertThat(draw(() -> practice(JOB, home).refuse(dice)))
                .extracting(Row::question)
                .noneMatch(text -> text.contains("Nora "));
    }

    @Test
    void factsThatNameNobodyHaveRefusalsToo() {
        RunFact gate = Family.fact("facts/gate", "When does the office open?", List.of(), List.of(), "at nine");

        assertThat(draw(() -> practice(gate).refuse(dice)))
                .extracting(Row::answer)
                .containsOnly("unknown");
    }

    @Test
    void aPassageThatSaysOtherwiseIsFollowedAndOneWithoutTheAnswerIsRefused() {
        RunFact fee = Family.fact("facts/fee", "What is the fee of Hugo?", List.of(), List.of(), "12 dollars");
        FactReading reading = new FactReading(List.of(fee, JOB), new Wordings(Taught.of(List.of(fee, JOB), List.of())));

        List<Row> rows = draw(() -> reading.next(dice));

        assertThat(rows).allSatisfy(row -> {
            boolean told = row.passages().stream().anyMatch(text -> text.contains(row.answer()));
            assertThat(told || Abstention.matches(row.answer())).isTrue();
        });
        assertThat(rows)
                .anyMatch(row ->
                        row.answer().endsWith(" dollars") && !row.answer().equals("12 dollars"));
        assertThat(rows)
                .anyMatch(row ->
                        Abstention.matches(row.answer()) && !row.passages().isEmpty());
    }

    @Test
    void onlyOldFactsAreReplayed() throws Exception {
        Practice practice = new FactPractice(Taught.of(List.of(AGE), List.of(JOB)));

        assertThat(practice.replay(dice)).map(Row::answer).hasValue("a bakery");
        assertThat(practice(AGE).replay(dice)).isEmpty();
        TextTokenizer tokenizer = TextTokenizer.open(TinyBase.write(directory, TinyBase.CONFIG, 1));
        assertThat(practice.read(dice, new RowEncoder(tokenizer))).hasSize(1);
    }

    private static Practice practice(RunFact... facts) {
        return new FactPractice(Taught.of(List.of(facts), List.of()));
    }

    private static <T> List<T> draw(java.util.function.Supplier<T> draws) {
        return Stream.generate(draws).limit(DRAWS).toList();
    }
}
