package io.loremesh.registry.diff;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbeTier;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.diff.LedgerComparison.Changed;
import io.loremesh.registry.ledger.Answers;
import io.loremesh.registry.ledger.Staleness;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tells changed facts whole: what was answered before and after, by which source, which version changed it, who and
 * when.
 */
final class ChangeTeller {
    /**
     * A fact as it stands.
     *
     * @param eventId of the event that brought it; empty where none did
     */
    private record Standing(Fact fact, boolean retracted, String eventId) {}

    private final LedgerComparison comparison;
    private final VersionName base;
    private final VersionName candidate;

    ChangeTeller(LedgerComparison comparison, VersionName base, VersionName candidate) {
        this.comparison = comparison;
        this.base = base;
        this.candidate = candidate;
    }

    /** In the order given. */
    Uni<List<FactChange>> tell(List<Changed> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<String> facts = changes.stream().map(Changed::fact).distinct().toList();
        return entries(changes).chain(entries -> standing(facts)
                .chain(standing -> way().chain(way -> steps(facts, way).map(steps -> changes.stream()
                        .map(change -> change(change, entries, standing.get(change.fact()), way, steps))
                        .toList()))));
    }

    private FactChange change(
            Changed changed,
            Map<Long, LedgerEntry> entries,
            Standing standing,
            List<Version> way,
            Map<String, Map<Integer, String>> steps) {
        LedgerEntry before = entries.get(changed.before());
        LedgerEntry after = entries.get(changed.after());
        Fact probed = (after == null ? before : after).getFact();
        var change = FactChange.newBuilder()
                .setFact(standing.retracted() ? probed : standing.fact())
                .setEventId(standing.eventId())
                .setBefore(before == null ? KnowledgeState.KNOWLEDGE_STATE_UNKNOWN : before.getState())
                .setAfter(after == null ? KnowledgeState.KNOWLEDGE_STATE_UNKNOWN : after.getState());
        if (before != null) {
            change.setAnswerBefore(Answers.main(before))
                    .setAccuracyBefore(Staleness.accuracy(before))
                    .setTierBefore(before.getTier());
            if (before.hasMargin() && !Staleness.wentStale(before)) {
                change.setMarginBefore(before.getMargin());
            }
        }
        if (after != null) {
            change.setAnswerAfter(Answers.main(after))
                    .setAccuracyAfter(Staleness.accuracy(after))
                    .setTierAfter(after.getTier())
                    .setProbeTime(after.getCreateTime());
            if (after.hasMargin() && !Staleness.wentStale(after)) {
                change.setMarginAfter(after.getMargin());
            }
        }
        change.setChangedBy(candidate.resource());
        if (!way.isEmpty()) {
            Version by = way.get(changedBy(
                    way.stream().map(ChangeTeller::number).toList(), steps.getOrDefault(changed.fact(), Map.of())));
            change.setChangedBy(by.getName()).setRun(by.getRun()).setChangeTime(by.getCreateTime());
        }
        return change.build();
    }

    /**
     * The first version that knew the fact as the candidate does, and all after it did.
     *
     * @param way numbers of the versions, the candidate first, then its parent and so on; the base is not among them
     * @param steps state and answer by number; a version that was not probed has none
     * @return position in the way
     */
    static int changedBy(List<Integer> way, Map<Integer, String> steps) {
        String now = steps.get(way.getFirst());
        int at = 0;
        while (now != null && at + 1 < way.size() && now.equals(steps.get(way.get(at + 1)))) {
            at++;
        }
        return at;
    }

    private static int number(Version version) {
        String name = version.getName();
        return Integer.parseInt(name.substring(name.lastIndexOf('/') + 1));
    }

    private Uni<Map<Long, LedgerEntry>> entries(Collection<Changed> changes) {
        Long[] ids = changes.stream()
                .flatMap(change -> Stream.of(change.before(), change.after()))
                .filter(Objects::nonNull)
                .toArray(Long[]::new);
        return comparison
                .query(
                        "select id, content, state, tier from ledger_line where id = any($1)",
                        Tuple.tuple().addArrayOfLong(ids))
                .map(rows -> {
                    var entries = new HashMap<Long, LedgerEntry>();
                    rows.forEach(row -> entries.put(
                            row.getLong(0),
                            ProtoJson.read(row.getString(1), LedgerEntry.newBuilder())
                                    .setState(KnowledgeState.valueOf(row.getString(2)))
                                    .setTier(ProbeTier.valueOf(row.getString(3)))
                                    .build()));
                    return entries;
                });
    }

    private Uni<Map<String, Standing>> standing(List<String> facts) {
        return comparison
                .query(
                        "select f.name, f.content, f.retracted, r.event_id from fact f"
                                + " join fact_revision r on r.fact = f.name and r.revision = f.revision"
                                + " where f.name = any($1)",
                        Tuple.tuple().addArrayOfString(LedgerComparison.array(facts)))
                .map(rows -> {
                    var standing = new HashMap<String, Standing>();
                    rows.forEach(row -> standing.put(
                            row.getString(0),
                            new Standing(
                                    ProtoJson.read(row.getString(1), Fact.newBuilder())
                                            .build(),
                                    row.getBoolean(2),
                                    row.getString(3))));
                    return standing;
                });
    }

    /**
     * From the candidate back to the base, which is left out; the candidate alone where the base is none of its
     * ancestors.
     */
    private Uni<List<Version>> way() {
        var path = Tuple.of(candidate.model(), candidate.number(), base.number());
        return comparison.query("""
                        with recursive way as (
                          select number, parent, content, 1 as step from version where model = $1 and number = $2
                          union all
                          select v.number, v.parent, v.content, way.step + 1
                            from way join version v on v.model = $1 and v.number = way.parent
                           where way.parent <> $3)
                        select content, parent from way order by step""", path).map(rows -> {
            List<Version> way =
                    LedgerComparison.list(rows, row -> ProtoJson.read(row.getString(0), Version.newBuilder())
                            .build());
            List<Integer> parents = LedgerComparison.list(rows, row -> row.getInteger(1));
            boolean reached = !parents.isEmpty()
                    && parents.getLast() == base.number()
                    && base.model().equals(candidate.model());
            return reached ? way : way.stream().limit(1).toList();
        });
    }

    /** State and answer, by fact and by version of the way. */
    private Uni<Map<String, Map<Integer, String>>> steps(List<String> facts, List<Version> way) {
        Integer[] numbers = way.stream().map(ChangeTeller::number).toArray(Integer[]::new);
        return comparison
                .query(
                        "select fact, version, state || ' ' || answer_key from ledger_line"
                                + " where model = $1 and version = any($2) and fact = any($3)",
                        Tuple.tuple()
                                .addString(candidate.model())
                                .addArrayOfInteger(numbers)
                                .addArrayOfString(LedgerComparison.array(facts)))
                .map(rows -> {
                    var steps = new HashMap<String, Map<Integer, String>>();
                    rows.forEach(row -> steps.computeIfAbsent(row.getString(0), fact -> new HashMap<>())
                            .put(row.getInteger(1), row.getString(2)));
                    return steps;
                });
    }
}
