package io.loremesh.registry.evaluation;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_CONTRADICTED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_FORGOTTEN;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;

import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a version's answers say that it knows. The first rule that matches decides; generated answers weigh more than
 * margins.
 */
final class StateRule {
    private static final double LEARNED_ACCURACY = 0.75;
    /** A fact that was learned stays so above this, so that noise does not move it to and fro. */
    private static final double STAYS_LEARNED_ABOVE = 0.5;

    private static final double DOMINANT_SHARE = 0.5;
    /** Nats per token. */
    private static final double CLEAR_LEAD = 0.5;

    /** What the versions before knew of the fact, answered as it is now. */
    enum Past {
        /** This version, at its last evaluation, or its parent had learned it. */
        LEARNED_JUST_BEFORE,
        /** Only an older ancestor had. */
        LEARNED_IN_ANCESTOR,
        NEVER_LEARNED
    }

    /** @param weak a trace of the right answer in an unknown fact */
    record Judgement(KnowledgeState state, boolean weak) {}

    private StateRule() {}

    static Judgement judge(ProbedFact probed, Past past) {
        if (learned(probed, past)) {
            return new Judgement(KNOWLEDGE_STATE_LEARNED, false);
        }
        if (holdsOldAnswer(probed)) {
            return new Judgement(KNOWLEDGE_STATE_STALE, false);
        }
        if (otherAnswerDominates(probed)) {
            return new Judgement(KNOWLEDGE_STATE_CONTRADICTED, false);
        }
        return switch (past) {
            case LEARNED_JUST_BEFORE, LEARNED_IN_ANCESTOR -> new Judgement(KNOWLEDGE_STATE_FORGOTTEN, false);
            case NEVER_LEARNED -> new Judgement(KNOWLEDGE_STATE_UNKNOWN, hasTrace(probed));
        };
    }

    private static boolean learned(ProbedFact probed, Past past) {
        boolean ahead = probed.margin().isEmpty() || probed.margin().getAsDouble() > 0;
        return switch (past) {
            case LEARNED_JUST_BEFORE -> probed.accuracy() > STAYS_LEARNED_ABOVE;
            case LEARNED_IN_ANCESTOR, NEVER_LEARNED -> probed.accuracy() >= LEARNED_ACCURACY && ahead;
        };
    }

    private static boolean holdsOldAnswer(ProbedFact probed) {
        if (probed.plan().oldAnswers().isEmpty()) {
            return false;
        }
        double share = probed.judged().stream()
                .mapToDouble(answer ->
                        AnswerKey.among(answer.getAnswer(), probed.plan().oldAnswers()) ? 1 : 0)
                .average()
                .orElse(0);
        return share >= DOMINANT_SHARE || probed.oldLead().orElse(0) >= CLEAR_LEAD;
    }

    private static boolean otherAnswerDominates(ProbedFact probed) {
        Map<String, Long> counts = probed.judged().stream()
                .filter(answer -> !answer.getCorrect())
                .map(ProbedAnswer::getAnswer)
                .filter(answer -> !Abstention.matches(answer))
                .collect(Collectors.groupingBy(AnswerKey::of, Collectors.counting()));
        long most = counts.values().stream().max(Long::compare).orElse(0L);
        return most > 0 && most >= DOMINANT_SHARE * probed.judged().size();
    }

    private static boolean hasTrace(ProbedFact probed) {
        double accuracy = probed.accuracy();
        return accuracy > 0 && accuracy < LEARNED_ACCURACY || probed.margin().orElse(0) > 0;
    }
}
