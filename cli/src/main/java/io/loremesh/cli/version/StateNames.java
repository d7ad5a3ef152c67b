package io.loremesh.cli.version;

import com.google.protobuf.Timestamp;
import io.loremesh.proto.registry.v1.KnowledgeState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Words of the ledger as people read them. */
final class StateNames {
    /** In the order in which a matrix shows them. */
    static final List<KnowledgeState> ALL = List.of(
            KnowledgeState.KNOWLEDGE_STATE_LEARNED,
            KnowledgeState.KNOWLEDGE_STATE_UNKNOWN,
            KnowledgeState.KNOWLEDGE_STATE_CONTRADICTED,
            KnowledgeState.KNOWLEDGE_STATE_FORGOTTEN,
            KnowledgeState.KNOWLEDGE_STATE_STALE);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private StateNames() {}

    static String of(KnowledgeState state) {
        return state.name().replace("KNOWLEDGE_STATE_", "").toLowerCase(Locale.ROOT);
    }

    static String of(Timestamp time) {
        return TIME.format(Instant.ofEpochSecond(time.getSeconds()).atZone(ZoneId.systemDefault()));
    }

    /** An answer in quotation marks; a version that was not asked said nothing. */
    static String quoted(String answer) {
        return answer.isEmpty() ? "(nothing)" : "“" + answer + "”";
    }
}
