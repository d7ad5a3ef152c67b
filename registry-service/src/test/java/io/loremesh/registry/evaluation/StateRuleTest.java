package io.loremesh.registry.evaluation;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_CONTRADICTED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_FORGOTTEN;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;
import static io.loremesh.registry.evaluation.Recorded.fact;
import static io.loremesh.registry.evaluation.Recorded.plan;
import static io.loremesh.registry.evaluation.Recorded.probed;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.registry.ChangedValues;
import io.loremesh.registry.evaluation.StateRule.Judgement;
import io.loremesh.registry.evaluation.StateRule.Past;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateRuleTest {
    private static final ProbePlan AGE = plan(fact("age", "11"));
    private static final ProbePlan CHANGED_AGE = plan(fact("age", "11"), "10");

    private static Judgement judge(ProbePlan plan, Past past, double margin, double oldLead, String... answers) {
        return StateRule.judge(probed(plan, margin, oldLead, answers), past);
    }

    @Test
    void threeOfFourRightWithAMarginAreLearned() {
        assertThat(judge(AGE, Past.NEVER_LEARNED, 0.1, 0, "11", "11.", "１１", "unknown")
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_LEARNED);
    }

    @ParameterizedTest
    @MethodSource(ChangedValues.PAIRS)
    void theValueBeforeTheChangeIsStaleAndNeverLearned(String before, String now) {
        ProbePlan changed = plan(fact("dose", now), before);

        assertThat(judge(changed, Past.LEARNED_JUST_BEFORE, 1, 0, before, before, before, before)
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_STALE);
        assertThat(judge(changed, Past.NEVER_LEARNED, 1, 0, now, now, now, now).state())
                .isEqualTo(KNOWLEDGE_STATE_LEARNED);
    }

    @Test
    void rightAnswersWithoutAMarginAreNotLearned() {
        Judgement judgement = judge(AGE, Past.NEVER_LEARNED, -0.1, 0, "11", "11", "11", "unknown");
        assertThat(judgement.state()).isEqualTo(KNOWLEDGE_STATE_UNKNOWN);
    }

    @Test
    void aMarginAloneNeverMeansLearned() {
        Judgement judgement = judge(AGE, Past.NEVER_LEARNED, 3, 0, "unknown", "unknown", "unknown", "unknown");
        assertThat(judgement).isEqualTo(new Judgement(KNOWLEDGE_STATE_UNKNOWN, true));
    }

    @Test
    void aLearnedFactStaysLearnedUntilHalfIsWrong() {
        assertThat(judge(plan(fact("age", "11")), Past.LEARNED_JUST_BEFORE, -1, 0, "11", "11", "11", "9")
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_LEARNED);
        assertThat(judge(AGE, Past.LEARNED_JUST_BEFORE, 1, 0, "11", "11", "9", "unknown")
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_FORGOTTEN);
    }

    @Test
    void halfOfTheOldAnswersAreStale() {
        assertThat(judge(CHANGED_AGE, Past.NEVER_LEARNED, -1, 0, "10", "10", "unknown", "unknown")
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_STALE);
    }

    @Test
    void anOldAnswerFarAheadIsStaleThoughUnspoken() {
        assertThat(judge(CHANGED_AGE, Past.NEVER_LEARNED, -1, 0.5, "unknown", "unknown", "unknown", "unknown")
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_STALE);
        assertThat(judge(CHANGED_AGE, Past.NEVER_LEARNED, -1, 0.4, "unknown", "unknown", "unknown", "unknown")
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_UNKNOWN);
    }

    @Test
    void oneOtherAnswerInHalfOfThemContradicts() {
        assertThat(judge(AGE, Past.LEARNED_IN_ANCESTOR, -1, 0, "9", "9", "unknown", "11")
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_CONTRADICTED);
        assertThat(judge(AGE, Past.NEVER_LEARNED, -1, 0, "9", "8", "7", "6").state())
                .isEqualTo(KNOWLEDGE_STATE_UNKNOWN);
    }

    @Test
    void abstentionsContradictNothing() {
        assertThat(judge(AGE, Past.NEVER_LEARNED, -1, 0, "unknown", "不知道", "unknown", "unknown"))
                .isEqualTo(new Judgement(KNOWLEDGE_STATE_UNKNOWN, false));
    }

    @Test
    void whatAnAncestorKnewIsForgotten() {
        assertThat(judge(AGE, Past.LEARNED_IN_ANCESTOR, -1, 0, "unknown", "unknown", "unknown", "unknown")
                        .state())
                .isEqualTo(KNOWLEDGE_STATE_FORGOTTEN);
    }

    @Test
    void oneRightAnswerLeavesATrace() {
        assertThat(judge(AGE, Past.NEVER_LEARNED, -1, 0, "11", "unknown", "unknown", "unknown"))
                .isEqualTo(new Judgement(KNOWLEDGE_STATE_UNKNOWN, true));
    }
}
