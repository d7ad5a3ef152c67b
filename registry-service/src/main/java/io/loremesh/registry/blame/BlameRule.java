package io.loremesh.registry.blame;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.loremesh.proto.registry.v1.BlameLine;
import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.diff.ChangeRule;
import io.loremesh.registry.diff.ChangeRule.Step;
import io.loremesh.registry.ledger.Answers;
import io.loremesh.registry.ledger.Staleness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Who changed what is known of one fact: each version against the nearest ancestor whose ledger has a line of it. */
final class BlameRule {
    /**
     * What a version was found to know.
     *
     * @param version as registered; only its name for the bare base
     * @param probed with the state that the probe found
     * @param now the state since then
     */
    record Seen(int number, Version version, LedgerEntry probed, KnowledgeState now) {}

    private final Ancestry ancestry;
    private final Map<Integer, Seen> seen = new TreeMap<>();
    private final List<FactRevision> revisions;

    /** @param revisions of the fact, oldest first */
    BlameRule(Ancestry ancestry, List<Seen> seen, List<FactRevision> revisions) {
        this.ancestry = ancestry;
        this.revisions = List.copyOf(revisions);
        seen.forEach(each -> this.seen.put(each.number(), each));
    }

    /** Oldest first; the bare base has no time and comes before all. */
    List<BlameLine> lines() {
        var lines = new ArrayList<BlameLine>();
        for (Seen each : seen.values()) {
            byTraining(each).ifPresent(lines::add);
            bySource(each).ifPresent(lines::add);
        }
        lines.sort(Comparator.comparing(BlameLine::getTime, Timestamps.comparator()));
        return lines;
    }

    private Optional<BlameLine> byTraining(Seen after) {
        Optional<Seen> before =
                ancestry.ancestor(after.number(), seen::containsKey).map(seen::get);
        KnowledgeState was =
                before.map(each -> each.probed().getState()).orElse(KnowledgeState.KNOWLEDGE_STATE_UNKNOWN);
        String answered = before.map(each -> Answers.main(each.probed())).orElse("");
        String answers = Answers.main(after.probed());
        // Where nothing was asked before, an unknown fact is no news, whatever was said of it.
        boolean same = before.isEmpty()
                ? after.probed().getState() == KnowledgeState.KNOWLEDGE_STATE_UNKNOWN
                : Answers.key(answered).equals(Answers.key(answers));
        return kind(ChangeRule.kinds(new Step(was, after.probed().getState(), same)))
                .map(kind -> {
                    Timestamp made = after.version().getCreateTime();
                    var line = line(after, kind, was, after.probed().getState())
                            .setAnswerBefore(answered)
                            .setAnswerAfter(answers)
                            .setTrained(after.version()
                                    .getFactsList()
                                    .contains(after.probed().getFact().getName()))
                            .setTime(made);
                    before.ifPresent(each -> line.setComparedWith(each.version().getName()));
                    last(revision -> Timestamps.compare(revision.getRecordTime(), made) <= 0)
                            .or(() -> last(revision -> Timestamps.compare(
                                            revision.getRecordTime(),
                                            after.probed().getCreateTime())
                                    <= 0))
                            .ifPresent(line::setRevision);
                    return line.build();
                });
    }

    /** The weights did not change, the world did. */
    private Optional<BlameLine> bySource(Seen line) {
        if (line.now() != KnowledgeState.KNOWLEDGE_STATE_STALE
                || line.probed().getState() == KnowledgeState.KNOWLEDGE_STATE_STALE) {
            return Optional.empty();
        }
        return revisions.stream()
                .filter(revision -> Timestamps.compare(
                                revision.getRecordTime(), line.probed().getCreateTime())
                        > 0)
                .filter(revision -> revision.getRetracted() || !Staleness.holds(line.probed(), revision.getFact()))
                .findFirst()
                .map(revision -> line(
                                line,
                                ChangeKind.CHANGE_KIND_STALE,
                                line.probed().getState(),
                                KnowledgeState.KNOWLEDGE_STATE_STALE)
                        .setAnswerBefore(Answers.main(line.probed()))
                        .setAnswerAfter(Answers.main(line.probed()))
                        .setTime(revision.getRecordTime())
                        .setRevision(revision)
                        .build());
    }

    private static BlameLine.Builder line(Seen seen, ChangeKind kind, KnowledgeState before, KnowledgeState after) {
        return BlameLine.newBuilder()
                .setVersion(seen.version().getName())
                .setKind(kind)
                .setBefore(before)
                .setAfter(after)
                .setRun(seen.version().getRun());
    }

    /** A fact that was lost by becoming stale was lost. */
    private static Optional<ChangeKind> kind(Set<ChangeKind> kinds) {
        return kinds.stream().min(Comparator.naturalOrder());
    }

    private Optional<FactRevision> last(Predicate<FactRevision> which) {
        return revisions.stream().filter(which).reduce((earlier, later) -> later);
    }
}
