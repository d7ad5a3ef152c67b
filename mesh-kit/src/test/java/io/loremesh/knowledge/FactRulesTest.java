package io.loremesh.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.knowledge.v1.Source;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactRulesTest {
    private static final Fact FACT =
            Fact.newBuilder().setQuestion("How old is Ann?").setAnswer("9").build();
    private static final Document DOCUMENT =
            Document.newBuilder().setText("Ann is 9.").build();

    static final List<Fact> BROKEN = List.of(
            FACT.toBuilder().clearQuestion().build(),
            FACT.toBuilder().setQuestion(" \u200B\uFEFF?").build(),
            FACT.toBuilder().setQuestion("a\0b").build(),
            FACT.toBuilder().setQuestion("\uD800").build(),
            FACT.toBuilder().setQuestion("x".repeat(2_001)).build(),
            FACT.toBuilder().clearAnswer().build(),
            FACT.toBuilder().setAnswer("\u200B。").build(),
            FACT.toBuilder().setAnswer("x".repeat(2_001)).build(),
            FACT.toBuilder().addAliases("").build(),
            FACT.toBuilder().addAliases("\u2060").build(),
            FACT.toBuilder().addAllAliases(Collections.nCopies(257, "nine")).build(),
            FACT.toBuilder().addPhrasings("?").build(),
            FACT.toBuilder().addHeldoutPhrasings("x".repeat(2_001)).build(),
            FACT.toBuilder().addDistractors("x".repeat(2_001)).build(),
            FACT.toBuilder().addAllDistractors(Collections.nCopies(257, "8")).build(),
            FACT.toBuilder().setSubject("x".repeat(501)).build(),
            FACT.toBuilder().setSubject("\u200B").build(),
            FACT.toBuilder().setRelation("x".repeat(501)).build(),
            FACT.toBuilder().setRelation("  ").build(),
            FACT.toBuilder().setName("Ann").build(),
            FACT.toBuilder().setName("facts/" + "x".repeat(129)).build(),
            FACT.toBuilder().setSupersedes("documents/1").build(),
            FACT.toBuilder().addNeighbours("x").build(),
            FACT.toBuilder().setLanguage("x".repeat(40_000)).build(),
            FACT.toBuilder().setLanguage("the language of Ann").build(),
            FACT.toBuilder()
                    .setSource(Source.newBuilder().setUri("https://example.org/a b"))
                    .build(),
            FACT.toBuilder()
                    .setSource(Source.newBuilder().setUri("x".repeat(2_049)))
                    .build(),
            FACT.toBuilder().setSource(Source.newBuilder().setSpan("\0")).build(),
            FACT.toBuilder().setSource(Source.newBuilder().setSha256("12")).build(),
            FACT.toBuilder().setValidFrom(seconds(Long.MAX_VALUE)).build(),
            FACT.toBuilder().setValidTo(seconds(-62_135_596_801L)).build(),
            FACT.toBuilder().setValidTo(Timestamp.newBuilder().setNanos(-1)).build(),
            FACT.toBuilder().setValidFrom(seconds(5)).setValidTo(seconds(5)).build());

    static final List<Document> BROKEN_DOCUMENTS = List.of(
            DOCUMENT.toBuilder().clearText().build(),
            DOCUMENT.toBuilder().setText("\u200B … ?!").build(),
            DOCUMENT.toBuilder().setText("A\0n\0n\0").build(),
            DOCUMENT.toBuilder().setText("x".repeat((1 << 20) + 1)).build(),
            DOCUMENT.toBuilder().setTitle("x".repeat(1_001)).build(),
            DOCUMENT.toBuilder().setTitle("\uDC00").build(),
            DOCUMENT.toBuilder().setUri("x".repeat(40_000)).build(),
            DOCUMENT.toBuilder().setLanguage("x".repeat(40_000)).build(),
            DOCUMENT.toBuilder().setName("facts/1").build(),
            DOCUMENT.toBuilder().setCredibility(Double.NaN).build(),
            DOCUMENT.toBuilder().setCredibility(-0.1).build(),
            DOCUMENT.toBuilder().setUpdateTime(seconds(Long.MIN_VALUE)).build(),
            DOCUMENT.toBuilder()
                    .setUpdateTime(Timestamp.newBuilder().setNanos(1_000_000_000))
                    .build());

    @Test
    void theSameQuestionInOtherSpellingIsTheSameFact() {
        var again =
                FACT.toBuilder().setQuestion(" how old is ANN ").setAnswer("10").build();

        assertThat(FactRules.named(again).getName())
                .isEqualTo(FactRules.named(FACT).getName());
    }

    @Test
    void subjectAndRelationNameAFactWhateverTheQuestion() {
        var one = FACT.toBuilder().setSubject("Ann").setRelation("age").build();
        var other = one.toBuilder().setQuestion("What is Ann's age?").build();

        assertThat(FactRules.named(other).getName())
                .isEqualTo(FactRules.named(one).getName())
                .isNotEqualTo(FactRules.named(FACT).getName());
    }

    @Test
    void aHeldOutPhrasingThatIsTrainedOnIsRefused() {
        var leaking = FACT.toBuilder().addHeldoutPhrasings("how old is ann").build();

        assertThat(FactRules.problem(leaking))
                .hasValueSatisfying(problem -> assertThat(problem).contains("holds out"));
    }

    @ParameterizedTest
    @FieldSource("BROKEN")
    void whatSomeStoreCannotHoldOrNobodyCanReadIsRefused(Fact fact) {
        assertThat(FactRules.problem(fact))
                .hasValueSatisfying(problem -> assertThat(problem).isNotBlank().hasSizeLessThan(500));
    }

    @ParameterizedTest
    @FieldSource("BROKEN_DOCUMENTS")
    void soIsADocument(Document document) {
        assertThat(DocumentRules.problem(document))
                .hasValueSatisfying(problem -> assertThat(problem).isNotBlank().hasSizeLessThan(500));
    }

    @Test
    void whatIsAtTheLimitsIsAccepted() {
        var fact = FACT.toBuilder()
                .setName("facts/a.b_c~d-1")
                .setQuestion("Où 在哪里 🍎 2.5?")
                .setAnswer("-5")
                .addAllAliases(Collections.nCopies(256, "x".repeat(2_000)))
                .setSubject("x".repeat(500))
                .setRelation("age")
                .setLanguage("zh-Hant-TW")
                .setSupersedes("facts/1")
                .addNeighbours("facts/2")
                .setSource(Source.newBuilder().setUri("https://例子.org/%20").setSha256("aB".repeat(32)))
                .setValidFrom(seconds(-62_135_596_800L))
                .setValidTo(seconds(253_402_300_799L));

        assertThat(FactRules.problem(fact.build())).isEmpty();
        assertThat(DocumentRules.problem(
                        DOCUMENT.toBuilder().setCredibility(1).setUri("doc").build()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "documents/1 ", "documents/", "documents/a/b", "documents/\0"})
    void aRetractionNamesAResource(String name) {
        assertThat(DocumentRules.problem(
                        DocumentRetraction.newBuilder().setName(name).build()))
                .isPresent();
        assertThat(FactRules.problem(FactRetraction.newBuilder()
                        .setName(name.replace("documents", "facts"))
                        .build()))
                .isPresent();
        assertThat(FactRules.problem(
                        FactRetraction.newBuilder().setName("facts/1").build()))
                .isEmpty();
        assertThat(FactRules.problem(FactRetraction.newBuilder()
                        .setName("facts/1")
                        .setReason("x".repeat(2_001))
                        .build()))
                .isPresent();
    }

    private static Timestamp seconds(long seconds) {
        return Timestamp.newBuilder().setSeconds(seconds).build();
    }
}
