package io.loremesh.cli.version;

import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.KnowledgeState;
import java.util.List;
import java.util.Locale;

/** Words of ledger and verdict as people read them. */
public final class LedgerWords {
    /** In the order in which a matrix shows them. */
    static final List<KnowledgeState> ALL = List.of(
            KnowledgeState.KNOWLEDGE_STATE_LEARNED,
            KnowledgeState.KNOWLEDGE_STATE_UNKNOWN,
            KnowledgeState.KNOWLEDGE_STATE_CONTRADICTED,
            KnowledgeState.KNOWLEDGE_STATE_FORGOTTEN,
            KnowledgeState.KNOWLEDGE_STATE_STALE);

    private LedgerWords() {}

    static String of(KnowledgeState state) {
        return state.name().replace("KNOWLEDGE_STATE_", "").toLowerCase(Locale.ROOT);
    }

    public static String of(Decision decision) {
        return decision.name().replace("DECISION_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** An answer in quotation marks; a version that was not asked said nothing. */
    static String quoted(String answer) {
        return answer.isEmpty() ? "(nothing)" : "“" + answer + "”";
    }
}
