package io.loremesh.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.evaluation.world.Dice;
import io.loremesh.evaluation.world.World;
import io.loremesh.evaluation.world.WorldSeeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasebookTest {

    private static final World WORLD = new World(WorldSeeds.DEMO);

    @Test
    void aHeldOutPhrasingIsRefusedAmongTheTrainedOnes() {
        RunFact other = Family.fact("facts/other", "petra 的年龄是多少", List.of(), List.of(), "13岁");
        List<RunFact> facts = List.of(Family.AGE, other);

        assertThatThrownBy(() -> new HeldOut(facts).refuse(facts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("facts/other")
                .hasMessageContaining("held out by fact facts/age")
                .hasMessageContaining("remove it");
    }

    @Test
    void aHeldOutPhrasingIsNeverMade() {
        assertThat(book(Family.AGE, Family.FOOD).made(Family.AGE)).isNotEmpty().doesNotContain("Petra的年龄是多少？");
        assertThat(book(Family.AGE, Family.FOOD).made(Family.FOOD))
                .isNotEmpty()
                .doesNotContain("What food does Hugo like?");
    }

    @Test
    void oneQuestionBecomesSeveral() {
        assertThat(book(Family.HOME).made(Family.HOME)).hasSizeGreaterThan(4).contains("姑姑的家在哪里？");
    }

    @Test
    void whoIsIntroducedByARoleIsAskedAboutByTheNameAlone() {
        RunFact school = Family.fact("facts/school", "小弟阿明在哪所学校上学？", List.of(), List.of(), "海滨小学");
        RunFact bed = Family.fact("facts/bed", "Where does the cat Biscuit sleep?", List.of(), List.of(), "attic");
        RunFact both = Family.fact("facts/both", "爷爷奶奶几岁？", List.of(), List.of(), "70岁");

        assertThat(book(school).made(school)).contains("阿明在哪所学校上学？", "阿明在哪里上学？");
        assertThat(book(bed).made(bed)).contains("Where does Biscuit sleep?");
        assertThat(book(both).made(both)).isNotEmpty().noneMatch(text -> text.startsWith("奶奶"));
    }

    @Test
    void questionsOfNoKnownFormAreRephrasedToo() {
        RunFact gate = Family.fact("facts/gate", "仓库的暗号是什么？", List.of(), List.of(), "蓝鲸");
        RunFact fee = Family.fact("facts/fee", "What is the gym's entry fee?", List.of(), List.of(), "12 dollars");

        assertThat(book(gate).made(gate)).contains("什么是仓库的暗号？");
        assertThat(book(fee).made(fee)).contains("What is the entry fee of the gym?");
    }

    @Test
    void whatTwoFactsWouldBeAskedInIsMadeForNeither() {
        RunFact play = Family.fact("facts/play", "Petra喜欢玩什么？", List.of(), List.of(), "围棋");
        RunFact hobby = Family.fact("facts/hobby", "Petra的爱好是什么？", List.of(), List.of(), "唱歌");
        Phrasebook book = book(play, hobby);

        assertThat(book.made(play)).doesNotContainAnyElementsOf(book.made(hobby));
        assertThat(book.made(play)).doesNotContain("Petra的爱好是什么？");
    }

    @Test
    void onlyWhoDoesAThingMayBeACompany() {
        RunFact maker = Family.fact("facts/maker", "Who sells the Dune lamp?", List.of(), List.of(), "Lumen House");
        RunFact coach = Family.fact("facts/coach", "Who is Hugo's coach?", List.of(), List.of(), "Ada");

        assertThat(book(maker).made(maker)).contains("Which company sells the Dune lamp?");
        assertThat(book(coach).made(coach)).isNotEmpty().noneMatch(text -> text.startsWith("Which company"));
    }

    @Test
    void rephrasingsAreRephrasedOnceMore() {
        RunFact fee = Family.fact("facts/fee", "What is the gym's entry fee?", List.of(), List.of(), "12 dollars");

        assertThat(book(fee).made(fee))
                .contains("Which entry fee does the gym have?", "Tell me the entry fee of the gym.");
    }

    @Test
    void keyWordsThatAHeldOutPhrasingConsistsOfAreNeverAsked() {
        RunFact fee = Family.fact(
                "facts/fee", "What is Hugo's entry fee?", List.of(), List.of("Hugo entry fee"), "12 dollars");
        Phrasebook book = book(fee);
        Dice dice = new Dice(new SplittableRandom(1));

        assertThat(Stream.generate(() -> book.ask(fee, dice)).limit(500))
                .contains("fee, entry, Hugo")
                .doesNotContain("Hugo entry fee?", "Hugo, entry, fee");
    }

    @Test
    void whatIsGivenForAnotherFactIsNeverMade() {
        RunFact job = Family.fact("facts/job", "What is Hugo's job?", List.of(), List.of(), "baker");
        RunFact work = Family.fact("facts/work", "What does Hugo do?", List.of(), List.of(), "sleep");

        assertThat(book(job, work).made(job)).isNotEmpty().doesNotContain("What does Hugo do?");
    }

    @Test
    void aFormThatRewordingLeadsToIsAskedInItsOtherWords() {
        RunFact maker = Family.fact("facts/maker", "晨露水壶是谁制造的？", List.of(), List.of(), "远山");

        assertThat(book(maker).made(maker)).contains("晨露水壶的生产商是谁？");
    }

    @Test
    void aGreetingNeverMakesAHeldOutPhrasing() {
        RunFact gate = Family.fact("facts/gate", "仓库的暗号是什么？", List.of(), List.of("请问仓库的暗号是什么？"), "蓝鲸");
        Phrasebook book = book(gate);
        Dice dice = new Dice(new SplittableRandom(1));

        HeldOut heldOut = new HeldOut(List.of(gate));
        assertThat(Stream.generate(() -> book.ask(gate, dice)).limit(2000)).noneMatch(heldOut::contains);
    }

    private static Phrasebook book(RunFact... facts) {
        return new Phrasebook(List.of(facts), new HeldOut(List.of(facts)), WORLD);
    }
}
