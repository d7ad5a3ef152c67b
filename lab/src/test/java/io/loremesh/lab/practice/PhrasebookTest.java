package io.loremesh.lab.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.HeldOut;
import io.loremesh.trainer.dataset.RunFact;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasebookTest {

    private static final World WORLD = new World(WorldSeeds.DEMO);

    @Test
    void aHeldOutPhrasingIsRefusedAmongTheTrainedOnes() {
        RunFact other = FamilyFacts.fact("facts/other", "petra 的年龄是多少", List.of(), List.of(), "13岁");
        List<RunFact> facts = List.of(FamilyFacts.AGE, other);

        assertThatThrownBy(() -> new HeldOut(facts).refuse(facts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("facts/other")
                .hasMessageContaining("held out by fact facts/age")
                .hasMessageContaining("remove it");
    }

    @Test
    void aHeldOutPhrasingIsNeverMade() {
        assertThat(book(FamilyFacts.AGE, FamilyFacts.FOOD).made(FamilyFacts.AGE))
                .isNotEmpty()
                .doesNotContain("Petra的年龄是多少？");
        assertThat(book(FamilyFacts.AGE, FamilyFacts.FOOD).made(FamilyFacts.FOOD))
                .isNotEmpty()
                .doesNotContain("What food does Hugo like?");
    }

    @Test
    void oneQuestionBecomesSeveral() {
        assertThat(book(FamilyFacts.HOME).made(FamilyFacts.HOME))
                .hasSizeGreaterThan(4)
                .contains("姑姑的家在哪里？");
    }

    @Test
    void whoIsIntroducedByARoleIsAskedAboutByTheNameAlone() {
        RunFact school = FamilyFacts.fact("facts/school", "小弟阿明在哪所学校上学？", List.of(), List.of(), "海滨小学");
        RunFact bed = FamilyFacts.fact("facts/bed", "Where does the cat Biscuit sleep?", List.of(), List.of(), "attic");
        RunFact both = FamilyFacts.fact("facts/both", "爷爷奶奶几岁？", List.of(), List.of(), "70岁");

        assertThat(book(school).made(school)).contains("阿明在哪所学校上学？", "阿明在哪里上学？");
        assertThat(book(bed).made(bed)).contains("Where does Biscuit sleep?");
        assertThat(book(both).made(both)).isNotEmpty().noneMatch(text -> text.startsWith("奶奶"));
    }

    @Test
    void questionsOfNoKnownFormAreRephrasedToo() {
        RunFact gate = FamilyFacts.fact("facts/gate", "仓库的暗号是什么？", List.of(), List.of(), "蓝鲸");
        RunFact fee = FamilyFacts.fact("facts/fee", "What is the gym's entry fee?", List.of(), List.of(), "12 dollars");

        assertThat(book(gate).made(gate)).contains("什么是仓库的暗号？");
        assertThat(book(fee).made(fee)).contains("What is the entry fee of the gym?");
    }

    @Test
    void whatTwoFactsWouldBeAskedInIsMadeForNeither() {
        RunFact play = FamilyFacts.fact("facts/play", "Petra喜欢玩什么？", List.of(), List.of(), "围棋");
        RunFact hobby = FamilyFacts.fact("facts/hobby", "Petra的爱好是什么？", List.of(), List.of(), "唱歌");
        Phrasebook book = book(play, hobby);

        assertThat(book.made(play)).doesNotContainAnyElementsOf(book.made(hobby));
        assertThat(book.made(play)).doesNotContain("Petra的爱好是什么？");
    }

    @Test
    void onlyWhoDoesAThingMayBeACompany() {
        RunFact maker =
                FamilyFacts.fact("facts/maker", "Who sells the Dune lamp?", List.of(), List.of(), "Lumen House");
        RunFact coach = FamilyFacts.fact("facts/coach", "Who is Hugo's coach?", List.of(), List.of(), "Ada");

        assertThat(book(maker).made(maker)).contains("Which company sells the Dune lamp?");
        assertThat(book(coach).made(coach)).isNotEmpty().noneMatch(text -> text.startsWith("Which company"));
    }

    @Test
    void rephrasingsAreRephrasedOnceMore() {
        RunFact fee = FamilyFacts.fact("facts/fee", "What is the gym's entry fee?", List.of(), List.of(), "12 dollars");

        assertThat(book(fee).made(fee))
                .contains("Which entry fee does the gym have?", "Tell me the entry fee of the gym.");
    }

    @Test
    void keyWordsThatAHeldOutPhrasingConsistsOfAreNeverAsked() {
        RunFact fee = FamilyFacts.fact(
                "facts/fee", "What is Hugo's entry fee?", List.of(), List.of("Hugo entry fee"), "12 dollars");
        Phrasebook book = book(fee);
        Dice dice = new Dice(new SplittableRandom(1));

        assertThat(Stream.generate(() -> book.ask(fee, dice)).limit(500))
                .contains("fee, entry, Hugo")
                .doesNotContain("Hugo entry fee?", "Hugo, entry, fee");
    }

    @Test
    void whatIsGivenForAnotherFactIsNeverMade() {
        RunFact job = FamilyFacts.fact("facts/job", "What is Hugo's job?", List.of(), List.of(), "baker");
        RunFact work = FamilyFacts.fact("facts/work", "What does Hugo do?", List.of(), List.of(), "sleep");

        assertThat(book(job, work).made(job)).isNotEmpty().doesNotContain("What does Hugo do?");
    }

    @Test
    void aFormThatRewordingLeadsToIsAskedInItsOtherWords() {
        RunFact maker = FamilyFacts.fact("facts/maker", "晨露水壶是谁制造的？", List.of(), List.of(), "远山");

        assertThat(book(maker).made(maker)).contains("晨露水壶的生产商是谁？");
    }

    @Test
    void aGreetingNeverMakesAHeldOutPhrasing() {
        RunFact gate = FamilyFacts.fact("facts/gate", "仓库的暗号是什么？", List.of(), List.of("请问仓库的暗号是什么？"), "蓝鲸");
        Phrasebook book = book(gate);
        Dice dice = new Dice(new SplittableRandom(1));

        HeldOut heldOut = new HeldOut(List.of(gate));
        assertThat(Stream.generate(() -> book.ask(gate, dice)).limit(2000)).noneMatch(heldOut::contains);
    }

    private static Phrasebook book(RunFact... facts) {
        return new Phrasebook(List.of(facts), new HeldOut(List.of(facts)), WORLD);
    }
}
