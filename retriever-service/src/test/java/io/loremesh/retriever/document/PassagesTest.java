package io.loremesh.retriever.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Passage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PassagesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void everySentenceOfADocumentIsAPassage() {
        var document = Document.newBuilder()
                .setName("documents/family")
                .setTitle("家")
                .setText("JIM今年10岁。TOM今年8岁。")
                .build();

        var passages = DocumentPassages.of(document, NOW);

        assertThat(passages).extracting(Passage::getText).containsExactly("JIM今年10岁。", "TOM今年8岁。");
        assertThat(passages)
                .extracting(Passage::getName)
                .containsExactly("documents/family/passages/1", "documents/family/passages/2");
        assertThat(passages).allSatisfy(passage -> {
            assertThat(passage.getLanguage()).isEqualTo("zh");
            assertThat(passage.getCredibility()).isEqualTo(1);
            assertThat(passage.getUpdateTime()).isEqualTo(Timestamps.fromMillis(NOW.toEpochMilli()));
        });
    }

    @Test
    void aDocumentsOwnTimeLanguageAndCredibilityAreKept() {
        var updated = Timestamps.fromMillis(1_000);
        var document = Document.newBuilder()
                .setName("documents/x")
                .setText("Jim is 10.")
                .setLanguage("en-GB")
                .setCredibility(0)
                .setUpdateTime(updated)
                .build();

        assertThat(DocumentPassages.of(document, NOW)).singleElement().satisfies(passage -> {
            assertThat(passage.getLanguage()).isEqualTo("en-GB");
            assertThat(passage.getCredibility()).isZero();
            assertThat(passage.getUpdateTime()).isEqualTo(updated);
        });
    }

    @Test
    void aFactIsToldOncePerTrainedPhrasingAndNeverByAHeldOutOne() {
        var fact = Fact.newBuilder()
                .setName("facts/age")
                .setQuestion("JIM几岁了？")
                .addPhrasings("JIM多大")
                .addHeldoutPhrasings("JIM的年龄是多少？")
                .setAnswer("10")
                .build();

        assertThat(FactPassages.of(fact, NOW))
                .extracting(Passage::getText)
                .containsExactly("JIM几岁了？ 10。", "JIM多大？ 10。");
    }

    @Test
    void anEnglishFactEndsInEnglishMarks() {
        var fact = Fact.newBuilder()
                .setName("facts/age")
                .setQuestion("How old is Jim")
                .setAnswer("10")
                .build();

        assertThat(FactPassages.of(fact, NOW)).extracting(Passage::getText).containsExactly("How old is Jim? 10.");
    }
}
