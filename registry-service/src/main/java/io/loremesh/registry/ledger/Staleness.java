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
            // Stale since its fact changed, and the old answer is the right one again. A line that was stale when it
            // was
            // probed has no right answers to return to.
            case KNOWLEDGE_STATE_STALE ->
                holds && line.getAccuracy() > 0.5
                        ? KnowledgeState.KNOWLEDGE_STATE_LEARNED
                        : KnowledgeState.KNOWLEDGE_STATE_STALE;
            case KNOWLEDGE_STATE_UNSPECIFIED,
                    KNOWLEDGE_STATE_UNKNOWN,
                    KNOWLEDGE_STATE_CONTRADICTED,
                    KNOWLEDGE_STATE_FORGOTTEN,
                    UNRECOGNIZED -> line.getState();
        };
    }
}
