package io.loremesh.registry.evaluation;

import io.loremesh.events.EventType;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.ledger.FactEntity;
import io.loremesh.registry.ledger.FactRevisionEntity;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.ledger.Staleness;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what an evaluation needs to know and writes what it found. */
@ApplicationScoped
class EvaluationRecords {
    private final Transactions transactions;
    private final Outbox outbox;
    private final AuditLog audit;

    EvaluationRecords(Transactions transactions, Outbox outbox, AuditLog audit) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** Errors: NOT_FOUND, INVALID (the bare base). */
    Uni<Subject> subject(VersionRef ref) {
        return transactions.in(() -> Versions.require(ref).chain(version -> FactEntity.current()
                .chain(facts -> oldAnswers().chain(old -> byFact(version.name())
                        .chain(own -> byFact(version.parentName()).chain(parent -> ancestors(version)
                                .map(ancestors -> new Subject(
                                        version.name(),
                                        version.parentName(),
                                        byName(facts),
                                        version.registered().getFactsList(),
                                        recordedBefore(version.createTime, facts),
                                        old,
                                        own,
                                        parent,
                                        ancestors))))))));
    }

    /** Writes ledger and verdict. Facts that changed while they were probed are judged as they stand now. */
    Uni<Void> write(VersionName version, Collection<JudgedFact> judged, Verdict verdict) {
        List<LedgerEntry> entries = judged.stream()
                .map(fact -> fact.toEntry(version, verdict.time()))
                .toList();
        Audited audited = verdict.audited(version, CallTrace.current());
        return outbox.commit(Lock.LEDGER, () -> LedgerLineEntity.delete(
                        "model = ?1 and version = ?2 and fact in ?3",
                        version.model(),
                        version.number(),
                        entries.stream().map(entry -> entry.getFact().getName()).toList())
                .chain(FactEntity::current)
                .chain(current -> store(lines(version, entries, byName(current), verdict.time())))
                .chain(() -> EvaluationEntity.of(version, verdict).persist())
                .chain(() -> Versions.require(version))
                .invoke(entity -> entity.verdict = ProtoJson.write(verdict.toProto()))
                .chain(entity -> switch (verdict) {
                    case Verdict.Accepted accepted -> Uni.createFrom().voidItem();
                    case Verdict.AwaitingApproval waiting -> Uni.createFrom().voidItem();
                    case Verdict.Rejected rejected ->
                        outbox.add(
                                EventType.VERSION_REJECTED,
                                version.resource(),
                                entity.registered().toBuilder()
                                        .setVerdict(rejected.toProto())
                                        .build());
                })
                .chain(() -> audit.add(audited))
                .replaceWithVoid());
    }

    private static Uni<Void> store(List<LedgerLineEntity> lines) {
        // Panache refuses to persist nothing.
        return lines.isEmpty() ? Uni.createFrom().voidItem() : LedgerLineEntity.persist(lines);
    }

    private static List<LedgerLineEntity> lines(
            VersionName version, List<LedgerEntry> entries, Map<String, Fact> current, Instant time) {
        return entries.stream()
                .map(entry -> {
                    LedgerLineEntity line = LedgerLineEntity.of(version, entry, time);
                    line.state = Staleness.of(
                            entry,
                            Optional.ofNullable(current.get(entry.getFact().getName())));
                    return line;
                })
                .toList();
    }

    /** Names of facts that were last changed before a moment. */
    private static Set<String> recordedBefore(Instant time, List<FactEntity> facts) {
        return facts.stream()
                .filter(fact -> fact.recordTime.isBefore(time))
                .map(fact -> fact.name)
                .collect(Collectors.toSet());
    }

    /** Answers of superseded revisions, newest first, by fact. */
    private static Uni<Map<String, List<String>>> oldAnswers() {
        return FactRevisionEntity.<FactRevisionEntity>list(
                        "from FactRevisionEntity r where exists (select 1 from FactEntity f where f.name = r.fact"
                                + " and not f.retracted and f.revision > r.revision) order by r.fact, r.revision desc")
                .map(revisions -> revisions.stream()
                        .collect(Collectors.groupingBy(
                                revision -> revision.fact,
                                Collectors.flatMapping(
                                        revision -> FactRules.acceptedAnswers(revision.said()).stream(),
                                        Collectors.toList()))));
    }

    private static Uni<Map<String, LedgerLineEntity>> byFact(VersionName version) {
        return LedgerLineEntity.of(version)
                .map(lines -> lines.stream().collect(Collectors.toMap(line -> line.fact, Function.identity())));
    }

    /** Names of the facts that some ancestor, the bare base included, has learned. */
    private static Uni<Set<String>> ancestors(VersionEntity version) {
        Uni<Set<String>> here = LedgerLineEntity.<LedgerLineEntity>list(
                        "model = ?1 and version = ?2 and state = ?3",
                        version.model,
                        version.parent,
                        KnowledgeState.KNOWLEDGE_STATE_LEARNED)
                .map(lines -> lines.stream().map(line -> line.fact).collect(Collectors.toSet()));
        return version.parentName().isBare()
                ? here
                : here.call(learned -> Versions.require(version.parentName())
                        .chain(EvaluationRecords::ancestors)
                        .invoke(learned::addAll));
    }

    private static Map<String, Fact> byName(List<FactEntity> facts) {
        return facts.stream().collect(Collectors.toMap(fact -> fact.name, FactEntity::fact, (a, b) -> a, TreeMap::new));
    }
}
