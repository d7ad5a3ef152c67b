package io.loremesh.retriever.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.knowledge.FactRules;
import io.loremesh.knowledge.Stamp;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.retriever.RealEncoder;
import io.loremesh.retriever.embedding.TextEncoder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.store.AlreadyClosedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnowledgeFlowTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final Fact TEN = age("10");
    private static final Fact ELEVEN = age("11");

    @TempDir
    Path directory;

    private PassageIndex index;
    private KnowledgeFlow flow;
    private long offset;

    @BeforeEach
    void open() throws Exception {
        index = LucenePassageIndex.open(directory, RealEncoder.get());
        flow = new KnowledgeFlow(index, RealEncoder.get(), new SupersedeRule(0.5));
    }

    @AfterEach
    void close() throws Exception {
        index.close();
    }

    @Test
    void aReplayedFactIsIndexedOnce() throws Exception {
        recorded(TEN, 0);
        recorded(TEN, 1);

        assertThat(served()).containsExactlyInAnyOrder("JIM几岁了？ 10。", "JIM今年多大？ 10。");
        assertThat(index.summary().facts()).isEqualTo(1);
    }

    @Test
    void anotherAnswerReplacesTheFactsPassages() throws Exception {
        recorded(TEN, 0);
        recorded(ELEVEN, 1);

        assertThat(served()).containsExactlyInAnyOrder("JIM几岁了？ 11。", "JIM今年多大？ 11。");
    }

    @Test
    void olderDocumentPassagesThatStateTheOldAnswerAreNoLongerServed() throws Exception {
        recorded(document("family", "JIM今年10岁。JIM喜欢足球。"), 0);
        recorded(TEN, 1);
        recorded(document("update", "JIM今年11岁了。"), 2);
        recorded(ELEVEN, 2);

        assertThat(served()).contains("JIM喜欢足球。", "JIM今年11岁了。").doesNotContain("JIM今年10岁。");
    }

    @Test
    void whatOnlyLooksLikeTheOldStatementStays() throws Exception {
        recorded(document("family", "TOM今年10岁。JIM的生日是10月3日。JIM身高110厘米。商店每天10点开门。JIM去年10岁，今年11岁。"), 0);
        recorded(TEN, 1);
        recorded(ELEVEN, 2);

        assertThat(served()).contains("TOM今年10岁。", "JIM的生日是10月3日。", "JIM身高110厘米。", "商店每天10点开门。", "JIM去年10岁，今年11岁。");
    }

    @Test
    void aNewerDocumentIsBelieved() throws Exception {
        recorded(TEN, 0);
        recorded(ELEVEN, 1);
        recorded(document("correction", "JIM今年10岁。"), 2);

        assertThat(served()).contains("JIM今年10岁。");
    }

    @Test
    void anOlderDocumentThatArrivesLateIsSupersededFromTheStart() throws Exception {
        recorded(TEN, 1);
        recorded(ELEVEN, 2);
        recorded(document("late", "JIM今年10岁。JIM喜欢足球。"), 0);

        assertThat(served()).contains("JIM喜欢足球。").doesNotContain("JIM今年10岁。");
    }

    @Test
    void theSameAnswerChangesNothing() throws Exception {
        recorded(document("family", "JIM今年10岁。"), 0);
        recorded(TEN, 1);
        recorded(TEN.toBuilder().addPhrasings("JIM的年龄？").build(), 2);

        assertThat(served()).contains("JIM今年10岁。", "JIM的年龄？ 10。");
    }

    @Test
    void anEnglishFactSupersedesToo() throws Exception {
        var fact = Fact.newBuilder()
                .setQuestion("Where does Jim Smith work?")
                .setAnswer("Acme Corp")
                .build();
        recorded(document("staff", "Jim Smith works at Acme Corp. Ann Smith works at Acme Corp."), 0);
        recorded(fact, 1);
        recorded(fact.toBuilder().setAnswer("Globex").build(), 2);

        assertThat(served()).contains("Ann Smith works at Acme Corp.").doesNotContain("Jim Smith works at Acme Corp.");
    }

    @Test
    void aChineseNameIsRecognisedByWhatThePhrasingsShare() throws Exception {
        var fact = Fact.newBuilder()
                .setQuestion("王小明住在哪里？")
                .addPhrasings("王小明的家在什么地方？")
                .setAnswer("上海")
                .build();
        recorded(document("homes", "王小明住在上海。陈丽华住在上海。"), 0);
        recorded(fact, 1);
        recorded(fact.toBuilder().setAnswer("北京").build(), 2);

        assertThat(served()).contains("陈丽华住在上海。").doesNotContain("王小明住在上海。");
    }

    @Test
    void aFactThatSupersedesAnotherByNameTakesItsPlace() throws Exception {
        recorded(document("family", "JIM今年10岁。"), 0);
        recorded(TEN, 1);
        recorded(
                Fact.newBuilder()
                        .setName("facts/jim-age-2026")
                        .setQuestion("JIM几岁了？")
                        .setAnswer("11")
                        .setSupersedes("facts/jim-age")
                        .build(),
                2);

        assertThat(served()).containsExactly("JIM几岁了？ 11。");
    }

    @Test
    void aRerecordedDocumentReplacesItsPassages() throws Exception {
        recorded(document("family", "JIM今年10岁。TOM今年8岁。"), 0);
        recorded(document("family", "JIM喜欢足球。"), 1);

        assertThat(served()).containsExactly("JIM喜欢足球。");
    }

    @Test
    void whatIsRetractedIsNoLongerServed() throws Exception {
        recorded(document("family", "JIM喜欢足球。"), 0);
        recorded(TEN, 0);
        apply(
                EventType.FACT_RETRACTED,
                FactRetraction.newBuilder().setName(TEN.getName()).build(),
                1);
        apply(
                EventType.DOCUMENT_RETRACTED,
                DocumentRetraction.newBuilder().setName("documents/family").build(),
                1);

        assertThat(served()).isEmpty();
    }

    @Test
    void anExpiredFactIsNotServed() throws Exception {
        recorded(TEN.toBuilder().setValidTo(Timestamps.fromMillis(1)).build(), 0);

        assertThat(served()).isEmpty();
    }

    @Test
    void whatIsNoKnowledgeIsRejectedAndNothingMoves() {
        var answer = Answer.newBuilder().setQuestion("?").build();

        assertThatThrownBy(() -> apply(EventType.ANSWER_GIVEN, answer, 0))
                .isInstanceOf(RejectedKnowledgeException.class)
                .hasMessageContaining("loremesh.answers.v1");
        assertThat(index.position().nextOffsets()).isEmpty();
    }

    @Test
    void aValueWhoseMarksAloneChangeIsAnotherValue() throws Exception {
        Fact dose = Fact.newBuilder()
                .setQuestion("What is the dose factor of the pump ORVA?")
                .setAnswer("1.5")
                .build();
        recorded(document("sheet", "The dose factor of the pump ORVA is 1.5."), 0);
        recorded(dose, 1);
        recorded(dose.toBuilder().setAnswer("15").build(), 2);

        assertThat(served()).containsExactly("What is the dose factor of the pump ORVA? 15.");
        Claim claim = index.claim(FactRules.named(dose).getName()).orElseThrow();
        assertThat(claim.superseded()).containsExactly("1.5");
        assertThat(claim.since()).isEqualTo(START.plus(Duration.ofMinutes(2)));
    }

    @Test
    void whatALateRecordSaidIsOutdatedInDocumentsToo() throws Exception {
        recorded(document("family", "JIM今年11岁。"), 0);
        recorded(age("12"), 3);
        assertThat(apply(EventType.FACT_RECORDED, ELEVEN, 2)).isEqualTo(KnowledgeFlow.Outcome.IGNORED);

        assertThat(served()).containsExactlyInAnyOrder("JIM几岁了？ 12。", "JIM今年多大？ 12。");
    }

    @Test
    void aFactWaitsForItsTimeAcrossARestartAndWhatHeldBeforeHoldsUntilThen() throws Exception {
        recorded(TEN, 0);
        Instant birthday = Instant.now().plus(Duration.ofDays(30));
        Fact later = ELEVEN.toBuilder()
                .setValidFrom(Timestamps.fromMillis(birthday.toEpochMilli()))
                .build();
        assertThat(apply(EventType.FACT_RECORDED, later, 1)).isEqualTo(KnowledgeFlow.Outcome.WAITING);
        apply(EventType.FACT_RECORDED, later, 1);
        flow.commit();
        index.close();
        open();

        assertThat(flow.applyDue(birthday.minusMillis(2))).isZero();
        assertThat(served()).contains("JIM几岁了？ 10。");
        assertThat(flow.applyDue(birthday.plusMillis(1))).isEqualTo(2);
        assertThat(served()).containsExactlyInAnyOrder("JIM几岁了？ 11。", "JIM今年多大？ 11。");
        assertThat(flow.applyDue(birthday.plusMillis(1))).isZero();
    }

    @Test
    void textsAtEveryLimitOfTheRulesAreIndexed() throws Exception {
        String ligatures = "\uFDFA".repeat(2_000); // each folds to eighteen letters
        String words = IntStream.range(0, 400).mapToObj("w%d"::formatted).collect(Collectors.joining(" "));
        var distinct = new StringBuilder();
        for (int c = 0x4E00; distinct.length() < 2_000; c++) {
            distinct.append((char) c);
        }
        for (String text : List.of(ligatures, words, distinct.toString(), "x".repeat(2_000), "🍎xy".repeat(500))) {
            Fact fact = Fact.newBuilder()
                    .setQuestion(text)
                    .setAnswer("a" + text.substring(2))
                    .build();
            recorded(fact, 0);
            recorded(fact.toBuilder().setAnswer("b" + text.substring(2)).build(), 1);
            recorded(
                    document("limits", text).toBuilder()
                            .setTitle(text.substring(0, 1_000))
                            .build(),
                    2);
        }
        recorded(TEN, 3);

        assertThat(served()).contains("JIM几岁了？ 10。");
    }

    @Test
    void anIndexOfTheFirstFormIsWrittenAnew() throws Exception {
        index.close();
        Files.walk(directory).filter(Files::isRegularFile).forEach(file -> file.toFile()
                .delete());
        FirstForm.write(directory, START);
        open();

        assertThat(index.position().nextOffsets()).containsExactly(Map.entry(0, 7L));
        assertThat(served())
                .containsExactlyInAnyOrder("ＫＡＴＥ今年１２岁。", "What is the price of NOVA? 3.99.")
                .doesNotContain("KATE是11岁。");
        Fact price = Fact.newBuilder()
                .setQuestion("What is the price of NOVA?")
                .setAnswer("399")
                .build();
        recorded(price, 1);
        assertThat(served())
                .contains("What is the price of NOVA? 399.")
                .doesNotContain("What is the price of NOVA? 3.99.");
        assertThat(index.find(new CandidateQuery(
                                Optional.of("KATE 12岁"), Optional.empty(), 10, CandidateQuery.Filter.NONE))
                        .list())
                .extracting(candidate -> candidate.passage().getText())
                .contains("ＫＡＴＥ今年１２岁。");
        flow.commit();
        index.close();
        open();
        assertThat(index.summary().facts()).isEqualTo(1);
    }

    @Test
    void anIndexThatAFailureClosedGoesOnFromItsLastCommit() throws Exception {
        flow.follow("topic-1");
        recorded(TEN, 0);
        flow.commit();
        recorded(ELEVEN, 1);
        ((LucenePassageIndex) index).fail();

        assertThatThrownBy(() -> recorded(ELEVEN, 2)).isInstanceOf(AlreadyClosedException.class);
        assertThat(flow.follow("topic-1").nextOffsets()).containsExactly(Map.entry(0, 1L));
        recorded(ELEVEN, 1);
        assertThat(served()).contains("JIM几岁了？ 11。");
    }

    @Test
    void passagesAndOffsetsComeBackTogetherAfterACrash() throws Exception {
        flow.follow("topic-1");
        recorded(TEN, 0);
        flow.commit();
        recorded(ELEVEN, 1);
        index.close(); // without a commit, as a crash would
        open();

        assertThat(index.position().nextOffsets()).containsExactly(Map.entry(0, 1L));
        assertThat(served()).contains("JIM几岁了？ 10。");
    }

    @Test
    void aTopicMadeAnewIsReadFromItsStart() throws Exception {
        flow.follow("topic-1");
        recorded(TEN, 0);

        assertThat(flow.follow("topic-2").nextOffsets()).isEmpty();
    }

    @Test
    void anIndexOfAnotherEncoderIsRefused() throws Exception {
        flow.commit();
        index.close();

        assertThatThrownBy(() -> LucenePassageIndex.open(directory, new OtherEncoder()))
                .hasMessageContaining("sha256:other")
                .hasMessageContaining("move the directory away");
        open();
    }

    /** An encoder of other vectors. */
    private record OtherEncoder() implements TextEncoder {
        @Override
        public float[] encode(String text) {
            return RealEncoder.get().encode(text);
        }

        @Override
        public int dimensions() {
            return RealEncoder.get().dimensions();
        }

        @Override
        public String digest() {
            return "sha256:other";
        }
    }

    private static Fact age(String answer) {
        return Fact.newBuilder()
                .setName("facts/jim-age")
                .setQuestion("JIM几岁了？")
                .addPhrasings("JIM今年多大？")
                .addHeldoutPhrasings("JIM多少岁？")
                .setAnswer(answer)
                .build();
    }

    private static Document document(String id, String text) {
        return Document.newBuilder().setName("documents/" + id).setText(text).build();
    }

    private void recorded(Fact fact, int minute) throws Exception {
        apply(EventType.FACT_RECORDED, fact, minute);
    }

    private void recorded(Document document, int minute) throws Exception {
        apply(EventType.DOCUMENT_RECORDED, document, minute);
    }

    private KnowledgeFlow.Outcome apply(EventType type, Message payload, int minute) throws Exception {
        Instant time = START.plus(Duration.ofMinutes(minute));
        var event = new Event("e" + offset, type, URI.create("test"), "", time, payload);
        return flow.apply(event, Stamp.of(event, time), 0, offset++);
    }

    /** Every text that a search can find. */
    private List<String> served() throws Exception {
        flow.settle();
        var everything = new CandidateQuery(
                Optional.empty(), Optional.of(RealEncoder.get().encode("JIM")), 100, CandidateQuery.Filter.NONE);
        return index.find(everything).list().stream()
                .map(Candidate::passage)
                .map(Passage::getText)
                .toList();
    }
}
