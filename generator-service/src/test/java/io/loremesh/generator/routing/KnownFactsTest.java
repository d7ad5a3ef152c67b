package io.loremesh.generator.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workshop and a river in two languages; what is asked is never a phrasing that was learned. */
class KnownFactsTest {
    private final FactNews news = new FactNews();
    private KnownFacts facts;

    @BeforeEach
    void learn() {
        facts = new KnownFacts(List.of(
                fact("owner", true, "老王", "木器店的老板是谁？", "谁开了这家木器店？"),
                fact("open", true, "九点", "木器店几点开门？", "木器店早上几点营业？", "木器店什么时候开门？"),
                fact("street", true, "柳树街", "木器店在哪条街上？", "木器店的地址是什么？"),
                fact("dog", true, "豆豆", "老王的狗叫什么名字？", "老王养的狗叫什么？"),
                fact("tea", false, "龙井", "老王最爱喝什么茶？", "老王喜欢的茶是什么？"),
                fact("length", true, "62 km", "How long is the river Alva?", "What is the length of the Alva?"),
                fact(
                        "source",
                        true,
                        "Mount Kero",
                        "Where does the Alva rise?",
                        "What is the source of the river Alva?"),
                fact(
                        "bridge",
                        false,
                        "1904",
                        "When was the Alva bridge built?",
                        "What year was the Alva bridge built?")));
    }

    @ParameterizedTest
    @CsvSource({
        "请问木器店的老板叫什么, owner",
        "木器店每天几点钟开门呢, open",
        "木器店开在哪条街, street",
        "老王家的狗叫啥名字, dog",
        "What length has the river Alva, length",
        "Tell me where the river Alva rises, source",
    })
    void aParaphraseFindsTheFactThatWasLearned(String question, String name) {
        assertThat(facts.find(question)).map(KnownFact::name).contains("facts/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "老王最爱喝的茶是什么？",
        "Which year was the bridge over the Alva built?",
        "飞机为什么能飞？",
        "铁匠铺的师傅姓什么？",
        "老王的车是什么牌子？",
        "Who painted the ceiling of the chapel?",
        "How long is the river Morn?",
        "铁匠铺几点开门？",
    })
    void aQuestionAboutSomethingElseOrNotLearnedFindsNothing(String question) {
        assertThat(facts.find(question)).isEmpty();
    }

    @Test
    void aFactThatItsSourceChangesIsStaleAtOnceAndFreshOnceTheNewAnswerIsLearned() {
        KnownFact opening = facts.find("木器店几点开门？").orElseThrow();
        assertThat(news.fresh(opening)).isTrue();

        news.recorded(recorded("open", "十点"));

        assertThat(news.fresh(opening)).isFalse();
        assertThat(news.fresh(fact("open", true, "十点", "木器店几点开门？"))).isTrue();
    }

    @Test
    void theSameAnswerInOtherWordsKeepsAFactFresh() {
        news.recorded(recorded("open", "九点。"));

        assertThat(news.fresh(facts.find("木器店几点开门？").orElseThrow())).isTrue();
    }

    @Test
    void aRetractedOrSupersededFactIsStale() {
        news.retracted(FactRetraction.newBuilder().setName("facts/dog").build());
        news.recorded(Fact.newBuilder()
                .setName("facts/manager")
                .setQuestion("木器店的掌柜是谁？")
                .setAnswer("老李")
                .setSupersedes("facts/owner")
                .build());

        assertThat(news.fresh(facts.find("老王的狗叫什么名字？").orElseThrow())).isFalse();
        assertThat(news.fresh(facts.find("木器店的老板是谁？").orElseThrow())).isFalse();
    }

    @Test
    void theRouterAsksTheWeightsOnlyForWhatIsLearnedAndFresh() {
        FactRouter router = new FactRouter(news);
        assertThat(router.route(facts, "木器店几点开门？")).isInstanceOf(Route.Weights.class);

        news.recorded(recorded("open", "十点"));

        assertThat(router.route(facts, "木器店几点开门？")).isInstanceOf(Route.Retrieval.class);
        assertThat(router.route(KnownFacts.NONE, "木器店的老板是谁？")).isInstanceOf(Route.Retrieval.class);
    }

    private static KnownFact fact(String name, boolean learned, String answer, String... phrasings) {
        return new KnownFact("facts/" + name, List.of(phrasings), List.of(answer), learned);
    }

    private static Fact recorded(String name, String answer) {
        return Fact.newBuilder()
                .setName("facts/" + name)
                .setQuestion("木器店几点开门？")
                .setAnswer(answer)
                .build();
    }
}
