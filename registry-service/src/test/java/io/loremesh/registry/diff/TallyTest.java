package io.loremesh.registry.diff;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.Transition;
import io.loremesh.registry.diff.ChangeRule.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Tally TALLY = new Tally(List.of(
            row(KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_LEARNED, false, 8, 8, 0, 8, 0),
            row(KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_UNKNOWN, false, 1, 1, 1, 0, 0),
            row(KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_LEARNED, true, 10, 10, 0, 0, 10),
            row(KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_LEARNED, false, 1, 1, 0, 0, 1),
            row(KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_STALE, true, 2, 0, 0, 0, 0)));

    private static Tally.Row row(
            KnowledgeState before,
            KnowledgeState after,
            boolean same,
            int facts,
            int paired,
            int onlyBase,
            int onlyCandidate,
            int both) {
        return new Tally.Row(new Step(before, after, same), facts, paired, onlyBase, onlyCandidate, both);
    }

    @Test
    void everyFactIsCountedInItsListAndInOneCell() {
        assertThat(TALLY.count(ChangeKind.CHANGE_KIND_GAINED)).isEqualTo(8);
        assertThat(TALLY.count(ChangeKind.CHANGE_KIND_LOST)).isEqualTo(3);
        assertThat(TALLY.count(ChangeKind.CHANGE_KIND_ALTERED)).isEqualTo(1);
        assertThat(TALLY.count(ChangeKind.CHANGE_KIND_STALE)).isEqualTo(2);
        assertThat(TALLY.unchanged()).isEqualTo(10);
        assertThat(TALLY.transitions().stream().mapToInt(Transition::getCount).sum())
                .isEqualTo(22);
        assertThat(TALLY.transitions())
                .contains(Transition.newBuilder()
                        .setBefore(KNOWLEDGE_STATE_LEARNED)
                        .setAfter(KNOWLEDGE_STATE_LEARNED)
                        .setCount(11)
                        .build());
    }

    @Test
    void theTestIsOverTheFactsThatWereProbedInBoth() {
        var test = TALLY.significance().orElseThrow();
        assertThat(test.getN()).isEqualTo(20);
        assertThat(test.getOnlyBase()).isEqualTo(1);
        assertThat(test.getOnlyCandidate()).isEqualTo(8);
        // 2 · (1 + 9) / 2⁹
        assertThat(test.getPValue()).isCloseTo(0.0390625, within(1e-12));
        assertThat(test.getBase().getValue()).isEqualTo(0.6);
        assertThat(test.getCandidate().getLow()).isLessThan(0.95);
    }

    @Test
    void withoutAFactProbedInBothNothingIsTested() {
        assertThat(new Tally(List.of()).significance()).isEmpty();
    }
}
