package io.loremesh.registry.ledger;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import java.util.List;
import java.util.Optional;

/** What becomes of a ledger line when its fact changes after the probe. The weights did not change, the world did. */
public final class Staleness {
    private static final double MOST = 0.5;

    private Staleness() {}

    /**
     * The state of a line against the fact as it stands.
     *
     * @param line as probed, with its state now
     * @param current empty where the fact was retracted
     */
    public static KnowledgeState of(LedgerEntry line, Optional<Fact> current) {
        boolean holds = current.filter(fact -> holds(line, fact)).isPresent();
        return switch (line.getState()) {
            case KNOWLEDGE_STATE_LEARNED ->
                holds ? KnowledgeState.KNOWLEDGE_STATE_LEARNED : KnowledgeState.KNOWLEDGE_STATE_STALE;
            // The old answer is the right one again.
            case KNOWLEDGE_STATE_STALE ->
                holds && wentStale(line)
                        ? KnowledgeState.KNOWLEDGE_STATE_LEARNED
                        : KnowledgeState.KNOWLEDGE_STATE_STALE;
            case KNOWLEDGE_STATE_UNSPECIFIED,
                    KNOWLEDGE_STATE_UNKNOWN,
                    KNOWLEDGE_STATE_CONTRADICTED,
                    KNOWLEDGE_STATE_FORGOTTEN,
                    UNRECOGNIZED -> line.getState();
        };
    }

    /**
     * Whether what was answered is still right for the most part: among what the fact accepts now, its answer and its
     * aliases. An alias that the fact has dropped counts no more, one that it has gained counts.
     *
     * @param line as probed, when its fact may have said something else
     */
    public static boolean holds(LedgerEntry line, Fact current) {
        boolean heldout = line.getAnswersList().stream().anyMatch(ProbedAnswer::getHeldout);
        List<String> accepted = FactRules.acceptedAnswers(current);
        return line.getAnswersList().stream()
                        .filter(answer -> answer.getHeldout() == heldout)
                        .mapToDouble(answer -> AnswerKey.among(answer.getAnswer(), accepted) ? 1 : 0)
                        .average()
                        // An entry that kept no answers tells only what it was taught.
                        .orElseGet(() -> Answers.agree(line.getFact(), current) ? 1 : 0)
                > MOST;
    }

    /**
     * The share of right answers by the fact as it stands, 0 to 1. A line that went stale after its probe was right by
     * what the fact said then.
     *
     * @param line as probed, with its state now
     */
    public static double accuracy(LedgerEntry line) {
        return wentStale(line) ? 0 : line.getAccuracy();
    }

    /** Stale since its fact changed, and not when it was probed: then it had no right answers. */
    public static boolean wentStale(LedgerEntry line) {
        return line.getState() == KnowledgeState.KNOWLEDGE_STATE_STALE && line.getAccuracy() > MOST;
    }
}
