package io.loremesh.registry.evaluation;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import io.loremesh.registry.ledger.Answers;
import io.loremesh.registry.ledger.LedgerLineEntity;
import java.util.List;

/**
 * What the parent knows of a fact: by its ledger or, where that has no line, by what it has just been asked.
 *
 * @param answers that the accuracy is the share of right ones of
 */
record ParentKnowledge(KnowledgeState state, double accuracy, List<ProbedAnswer> answers) {

    static ParentKnowledge of(LedgerLineEntity line, Fact current) {
        LedgerEntry probed = line.toProto();
        boolean outdated =
                line.state == KnowledgeState.KNOWLEDGE_STATE_LEARNED && !Answers.agree(probed.getFact(), current);
        return new ParentKnowledge(
                outdated ? KnowledgeState.KNOWLEDGE_STATE_STALE : line.state, line.accuracy, probed.getAnswersList());
    }

    static ParentKnowledge of(JudgedFact judged) {
        return new ParentKnowledge(
                judged.judgement().state(),
                judged.probed().accuracy(),
                judged.probed().all());
    }

    boolean learned() {
        return state == KnowledgeState.KNOWLEDGE_STATE_LEARNED;
    }

    /**
     * Accuracy on what the candidate was asked: a glance at one phrasing is compared with the parent's answer to that
     * one, for a mean over many would make any glance look like a change.
     */
    double accuracyOn(JudgedFact candidate) {
        return switch (candidate.tier()) {
            case PROBE_TIER_T1, PROBE_TIER_UNSPECIFIED, UNRECOGNIZED -> accuracy;
            case PROBE_TIER_T0 -> {
                String asked = candidate.probed().judged().getFirst().getPhrasing();
                yield answers.stream()
                        .filter(answer -> answer.getPhrasing().equals(asked))
                        .mapToDouble(answer -> answer.getCorrect() ? 1 : 0)
                        .findFirst()
                        .orElse(accuracy);
            }
        };
    }
}
