package io.loremesh.retriever.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.knowledge.Stamp;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.retriever.v1.SearchPassagesRequest;
import io.loremesh.retriever.RealEncoder;
import io.loremesh.retriever.index.KnowledgeFlow;
import io.loremesh.retriever.index.LucenePassageIndex;
import io.loremesh.retriever.index.PassageIndex;
import io.loremesh.retriever.index.SupersedeRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassageSearchTest {
    private static PassageIndex index;
    private static KnowledgeFlow flow;

    @BeforeAll
    static void fill(@TempDir Path directory) throws Exception {
        index = LucenePassageIndex.open(directory, RealEncoder.get());
        flow = new KnowledgeFlow(index, RealEncoder.get(), new SupersedeRule(0.5));
        ingest(document("zh", "JIM今年10岁。JIM喜欢足球。李明的妻子是王芳。李明在北方大学教书。他们住在上海。商店每天10点开门。"));
        ingest(document(
                "en",
                "Ann works at Acme. Ann was born in Paris. Acme was founded in 1987 by Bob Stone. "
                        + "The river is 3.33 miles wide."));
        ingest(document("zh-copy", "JIM今年 10岁"));
        ingest(document("rumour", "Ann works at Globex.").toBuilder()
                .setCredibility(0.2)
                .build());
        ingest(document("old", "仓库的主管是赵一。").toBuilder()
                .setUpdateTime(Timestamps.fromMillis(1_000))
                .build());
        ingest(document("new", "仓库的主管，是赵一！").toBuilder()
                .setUpdateTime(Timestamps.fromMillis(2_000))
                .build());
        ingest(document("wide", "ＫＡＴＥ今年１２岁。ZO\u200BLA来自加拿大。"));
        Event pet = Event.of(
                EventType.FACT_RECORDED,
                "test",
                "",
                Fact.newBuilder()
                        .setQuestion("JIM的宠物叫什么？")
                        .addPhrasings("JIM养的宠物叫什么名字？")
                        .addPhrasings("JIM的狗叫什么？")
                        .setAnswer("旺财")
                        .build());
        flow.apply(pet, Stamp.of(pet, pet.time()), 0, 0);
        flow.settle();
    }

    @AfterAll
    static void close() throws Exception {
        index.close();
    }

    @ParameterizedTest
    @CsvSource({
        "JIM几岁了？,10岁",
        "谁是李明的太太？,李明的妻子是王芳。",
        "JIM宠物的名字是什么？,旺财",
        "Where does Ann work?,Ann works at Acme.",
        "Who founded Acme?,Acme was founded in 1987 by Bob Stone.",
        "How wide is the river?,The river is 3.33 miles wide.",
        "KATE今年几岁？,ＫＡＴＥ今年１２岁。",
        "ZOLA来自哪里？,ZO\u200BLA来自加拿大。"
    })
    void theAnswerComesFirst(String question, String answer) throws Exception {
        assertThat(texts(search(question))).first().asString().contains(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"法国总统是谁？", "What is the boiling point of mercury?", "量子力学是什么？", "ZORB的首都在哪里？"})
    void anUnrelatedQuestionFindsNothing(String question) throws Exception {
        assertThat(search(question)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void scoresLieBetweenZeroAndOneBestFirst(Fusion fusion) throws Exception {
        List<Hit> hits = search(
                fusion, SearchPassagesRequest.newBuilder().setQuery("JIM几岁了？").build());

        assertThat(hits).isNotEmpty();
        assertThat(hits).extracting(Hit::score).allSatisfy(score -> assertThat(score)
                .isBetween(0.0, 1.0));
        assertThat(hits.getFirst().score()).isGreaterThan(0.5);
    }

    @Test
    void aTextIsReturnedOnceAndSoIsAFact() throws Exception {
        assertThat(texts(search("JIM几岁了？")))
                .filteredOn(text -> text.contains("10岁"))
                .hasSize(1);
        assertThat(texts(search("JIM的宠物叫什么？")))
                .filteredOn(text -> text.contains("旺财"))
                .hasSize(1);
    }

    @Test
    void amongEqualsTheMostRecentComesFirst() throws Exception {
        assertThat(texts(search("仓库的主管是谁？"))).startsWith("仓库的主管，是赵一！");
    }

    @Test
    void passagesBelowTheAskedCredibilityStayOut() throws Exception {
        var request = SearchPassagesRequest.newBuilder().setQuery("Where does Ann work?");

        assertThat(texts(search(Fusion.MINMAX, request.build()))).contains("Ann works at Globex.");
        assertThat(texts(search(Fusion.MINMAX, request.setMinCredibility(0.5).build())))
                .contains("Ann works at Acme.")
                .doesNotContain("Ann works at Globex.");
    }

    @Test
    void onlyPassagesInTheAskedLanguageAreFound() throws Exception {
        var request = SearchPassagesRequest.newBuilder()
                .setQuery("How old is JIM?")
                .setLanguage("en")
                .build();

        assertThat(search(Fusion.MINMAX, request))
                .allSatisfy(hit ->
                        assertThat(hit.candidate().passage().getLanguage()).isEqualTo("en"));
    }

    @Test
    void eachModeReportsItsOwnScore() throws Exception {
        var request = SearchPassagesRequest.newBuilder().setQuery("JIM几岁了？");

        Hit lexical = search(Fusion.MINMAX, request.setModeValue(1).build()).getFirst();
        Hit vector = search(Fusion.MINMAX, request.setModeValue(2).build()).getFirst();

        assertThat(lexical.candidate().cosine()).isEmpty();
        assertThat(vector.candidate().bm25()).isEmpty();
        assertThat(vector.candidate().cosine().orElseThrow()).isBetween(0.8, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"'',0,0,empty", "x,101,0,page_size", "x,-1,0,page_size", "x,0,1.5,min_credibility"})
    void aRequestOutOfBoundsIsRefusedByName(String query, int pageSize, double credibility, String named) {
        var request = SearchPassagesRequest.newBuilder()
                .setQuery(query)
                .setPageSize(pageSize)
                .setMinCredibility(credibility)
                .build();

        assertThatThrownBy(() -> SearchSpec.of(request)).hasMessageContaining(named);
    }

    private static List<Hit> search(String question) throws Exception {
        return search(
                Fusion.MINMAX,
                SearchPassagesRequest.newBuilder().setQuery(question).build());
    }

    private static List<Hit> search(Fusion fusion, SearchPassagesRequest request) throws Exception {
        var scoring = new ScoringSpec(
                fusion, 0.5, 0.2, 0.5, new Evidence.Scale(0.35, 0.9), new Evidence.Scale(0.6, 0.95), 50);
        return new PassageSearch(index, RealEncoder.get(), scoring).search(SearchSpec.of(request));
    }

    private static List<String> texts(List<Hit> hits) {
        return hits.stream().map(hit -> hit.candidate().passage().getText()).toList();
    }

    private static Document document(String id, String text) {
        return Document.newBuilder().setName("documents/" + id).setText(text).build();
    }

    private static void ingest(Document document) throws Exception {
        flow.ingest(document);
    }
}
