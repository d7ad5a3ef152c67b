package io.loremesh.registry.ledger;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import io.loremesh.proto.registry.v1.Transition;
import io.loremesh.registry.ledger.KnowledgeDiffs.Ledger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnowledgeDiffsTest {
    private static LedgerEntry line(String fact, KnowledgeState state, String... answers) {
        var entry = LedgerEntry.newBuilder()
                .setFact(Fact.newBuilder().setName("facts/" + fact))
                .setState(state);
        for (String answer : answers) {
            entry.addAnswers(ProbedAnswer.newBuilder().setAnswer(answer));
        }
        return entry.build();
    }

    private static KnowledgeDiff diff(List<LedgerEntry> before, List<LedgerEntry> after) {
        return KnowledgeDiffs.between(
                new Ledger("models/demo/versions/1", before), new Ledger("models/demo/versions/2", after), Map.of());
    }

    private static List<String> names(List<FactChange> changes) {
        return changes.stream().map(change -> change.getFact().getName()).toList();
    }

    @Test
    void everyFactIsInItsList() {
        KnowledgeDiff diff = diff(
                List.of(
                        line("gained", KNOWLEDGE_STATE_UNKNOWN, "unknown"),
                        line("lost", KNOWLEDGE_STATE_LEARNED, "blue"),
                        line("altered", KNOWLEDGE_STATE_UNKNOWN, "cat"),
                        line("same", KNOWLEDGE_STATE_LEARNED, "fish")),
                List.of(
                        line("gained", KNOWLEDGE_STATE_LEARNED, "red", "red", "unknown"),
                        line("lost", KNOWLEDGE_STATE_UNKNOWN, "unknown"),
                        line("altered", KNOWLEDGE_STATE_UNKNOWN, "dog"),
                        line("same", KNOWLEDGE_STATE_LEARNED, "Fish.")));
        assertThat(names(diff.getGainedList())).containsExactly("facts/gained");
        assertThat(names(diff.getLostList())).containsExactly("facts/lost");
        assertThat(names(diff.getAlteredList())).containsExactly("facts/altered");
        assertThat(diff.getStaleList()).isEmpty();
        assertThat(diff.getUnchangedCount()).isEqualTo(1);
        assertThat(diff.getGained(0).getAnswerBefore()).isEqualTo("unknown");
        assertThat(diff.getGained(0).getAnswerAfter()).isEqualTo("red");
        assertThat(diff.getTransitionsList())
                .contains(Transition.newBuilder()
                        .setBefore(KNOWLEDGE_STATE_UNKNOWN)
                        .setAfter(KNOWLEDGE_STATE_LEARNED)
                        .setCount(1)
                        .build());
        assertThat(diff.getTransitionsList().stream()
                        .mapToInt(Transition::getCount)
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void aFactWithoutALineAtTheBareBaseWasUnknownThere() {
        KnowledgeDiff diff = diff(
                List.of(),
                List.of(line("new", KNOWLEDGE_STATE_LEARNED, "red"), line("old", KNOWLEDGE_STATE_STALE, "10")));
        assertThat(names(diff.getGainedList())).containsExactly("facts/new");
        assertThat(names(diff.getStaleList())).containsExactly("facts/old");
        assertThat(diff.getAlteredList()).isEmpty();
        assertThat(diff.getStale(0).getBefore()).isEqualTo(KNOWLEDGE_STATE_UNKNOWN);
    }

    @Test
    void aStaleFactThatWasLearnedIsLostToo() {
        KnowledgeDiff diff = diff(
                List.of(line("age", KNOWLEDGE_STATE_LEARNED, "10")), List.of(line("age", KNOWLEDGE_STATE_STALE, "10")));
        assertThat(names(diff.getLostList())).containsExactly("facts/age");
        assertThat(names(diff.getStaleList())).containsExactly("facts/age");
    }
}
