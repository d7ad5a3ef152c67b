package io.loremesh.registry.ledger;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import java.util.Optional;

/** What becomes of a ledger line when its fact changes after the probe. The weights did not change, the world did. */
public final class Staleness {
    private Staleness() {}

    /**
     * The state of a line against the fact as it stands.
     *
     * @param line as probed, with its state now
     * @param current empty where the fact was retracted
     */
    public static KnowledgeState of(LedgerEntry line, Optional<Fact> current) {
        boolean holds =
                current.filter(fact -> Answers.agree(line.getFact(), fact)).isPresent();
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
        return line.getState() == KnowledgeState.KNOWLEDGE_STATE_STALE && line.getAccuracy() > 0.5;
    }
}
