package io.loremesh.registry.diff;

import static io.loremesh.proto.registry.v1.ChangeKind.CHANGE_KIND_ALTERED;
import static io.loremesh.proto.registry.v1.ChangeKind.CHANGE_KIND_GAINED;
import static io.loremesh.proto.registry.v1.ChangeKind.CHANGE_KIND_LOST;
import static io.loremesh.proto.registry.v1.ChangeKind.CHANGE_KIND_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_CONTRADICTED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_FORGOTTEN;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.registry.diff.ChangeRule.Step;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeRuleTest {
    private static Set<ChangeKind> kinds(KnowledgeState before, KnowledgeState after, boolean same) {
        return ChangeRule.kinds(new Step(before, after, same));
    }

    @Test
    void everyStepIsInItsList() {
        assertThat(kinds(KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_LEARNED, false))
                .containsExactly(CHANGE_KIND_GAINED);
        assertThat(kinds(KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_FORGOTTEN, false))
                .containsExactly(CHANGE_KIND_LOST);
        assertThat(kinds(KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_CONTRADICTED, true))
                .containsExactly(CHANGE_KIND_ALTERED);
        assertThat(kinds(KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_STALE, true)).containsExactly(CHANGE_KIND_STALE);
    }

    @Test
    void anotherAnswerInTheSameStateIsAlteredAndTheSameOneIsNoChange() {
        assertThat(kinds(KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_UNKNOWN, false))
                .containsExactly(CHANGE_KIND_ALTERED);
        assertThat(kinds(KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_UNKNOWN, true))
                .isEmpty();
        assertThat(kinds(KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_LEARNED, true))
                .isEmpty();
    }

    @Test
    void aStaleFactThatWasLearnedIsLostToo() {
        assertThat(kinds(KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_STALE, true))
                .containsExactlyInAnyOrder(CHANGE_KIND_LOST, CHANGE_KIND_STALE);
    }

    @Test
    void theKeysThatTheDatabaseGetsAreTheRulesOwn() {
        assertThat(ChangeRule.keys(CHANGE_KIND_GAINED))
                .as("four states before, the answer the same or not")
                .hasSize(8)
                .contains("KNOWLEDGE_STATE_STALE>KNOWLEDGE_STATE_LEARNED=");
        assertThat(ChangeRule.keys(CHANGE_KIND_STALE)).hasSize(10);
    }
}
