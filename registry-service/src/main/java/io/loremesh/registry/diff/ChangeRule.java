package io.loremesh.registry.diff;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;

import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.KnowledgeState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which lists of a diff a fact belongs to. The database asks here, too: there is no second rule in SQL. */
public final class ChangeRule {
    private static final List<KnowledgeState> STATES = Arrays.stream(KnowledgeState.values())
            .filter(state ->
                    state != KnowledgeState.KNOWLEDGE_STATE_UNSPECIFIED && state != KnowledgeState.UNRECOGNIZED)
            .toList();

    /**
     * How a fact went from one version to another.
     *
     * @param same the answer given most often did not change
     */
    public record Step(KnowledgeState before, KnowledgeState after, boolean same) {
        /** As SQL writes it. */
        String key() {
            return before.name() + '>' + after.name() + (same ? "=" : "");
        }
    }

    private ChangeRule() {}

    /** Empty where nothing changed. */
    public static Set<ChangeKind> kinds(Step step) {
        var kinds = EnumSet.noneOf(ChangeKind.class);
        boolean learnedBefore = step.before() == KNOWLEDGE_STATE_LEARNED;
        boolean learnedAfter = step.after() == KNOWLEDGE_STATE_LEARNED;
        if (step.after() == KNOWLEDGE_STATE_STALE) {
            kinds.add(ChangeKind.CHANGE_KIND_STALE);
        }
        if (learnedAfter && !learnedBefore) {
            kinds.add(ChangeKind.CHANGE_KIND_GAINED);
        } else if (learnedBefore && !learnedAfter) {
            kinds.add(ChangeKind.CHANGE_KIND_LOST);
        } else if (kinds.isEmpty() && (step.before() != step.after() || !step.same())) {
            kinds.add(ChangeKind.CHANGE_KIND_ALTERED);
        }
        return kinds;
    }

    /** The keys of all steps of a kind. */
    static String[] keys(ChangeKind kind) {
        return STATES.stream()
                .flatMap(before -> STATES.stream()
                        .flatMap(after -> Stream.of(new Step(before, after, true), new Step(before, after, false))))
                .filter(step -> kinds(step).contains(kind))
                .map(Step::key)
                .toArray(String[]::new);
    }
}
