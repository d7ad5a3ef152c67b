package io.loremesh.registry.evaluation;

import io.loremesh.events.EventType;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.FactEntity;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.ledger.Staleness;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.ErasedKnowledgeEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Evaluations as the database holds them: begun once, ended once, the ledger and the verdict written in one
 * transaction.
 */
@ApplicationScoped
class EvaluationRecords {
    /** Rows that one statement names. */
    private static final int AT_ONCE = 1_000;

    private final Transactions transactions;
    private final Outbox outbox;
    private final AuditLog audit;

    EvaluationRecords(Transactions transactions, Outbox outbox, AuditLog audit) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** The evaluation of a version that is under way, else a new one. Errors: NOT_FOUND, INVALID (the bare base). */
    Uni<EvaluationEntity> begin(VersionRef ref, EvaluateVersionRequest request, String trace) {
        return transactions.in(
                Lock.VERSIONS, () -> Versions.require(ref).chain(version -> EvaluationEntity.<EvaluationEntity>find(
                                "model = ?1 and version = ?2 and endTime is null", version.model, version.number)
                        .firstResult()
                        .chain(there -> there == null
                                ? EvaluationEntity.begin(version.name(), request, trace)
                                        .<EvaluationEntity>persist()
                                : Uni.createFrom().item(there))));
    }

    Uni<EvaluationEntity> entity(long id) {
        return transactions.in(() -> EvaluationEntity.findById(id));
    }

    /** Errors: NOT_FOUND. */
    Uni<EvaluationEntity> require(EvaluationName name) {
        return transactions
                .in(() -> EvaluationEntity.<EvaluationEntity>findById(name.id()))
                .onItem()
                .transformToUni(found -> found != null
                                && found.versionName().resource().equals(name.version())
                        ? Uni.createFrom().item(found)
                        : Uni.createFrom()
                                .failure(new RegistryException(
                                        Kind.NOT_FOUND, "there is no %s; ListEvaluations shows what there is", name)));
    }

    /** Newest first. Errors: NOT_FOUND (version). */
    Uni<List<EvaluationEntity>> list(VersionRef ref, long before, int most) {
        return transactions.in(() -> Versions.require(ref).chain(version -> EvaluationEntity.<EvaluationEntity>find(
                        "model = ?1 and version = ?2 and id < ?3 order by id desc",
                        version.model,
                        version.number,
                        before)
                .range(0, most)
                .list()));
    }

    /** Ends an evaluation that is under way without a verdict; one that has ended stays as it ended. */
    Uni<EvaluationEntity> end(long id, EvaluationStatus status) {
        return transactions.in(Lock.LEDGER, () -> EvaluationEntity.<EvaluationEntity>findById(id)
                .invoke(entity -> {
                    if (entity.endTime == null) {
                        entity.end(status, Timestamps.now());
                    }
                })
                .call(() -> forget(id)));
    }

    /**
     * Writes ledger and verdict. Facts that changed while they were probed are judged as they stand now; a version that
     * learned one which was erased meanwhile is its holder. The parent's ledger
     * gains the lines that it lacked; those that it has are its own evaluation's.
     */
    Uni<Void> judge(long id, Judgement judgement, Evaluation progress) {
        Verdict verdict = judgement.verdict();
        List<LedgerEntry> own = entries(judgement.version(), judgement.facts(), verdict.time());
        List<LedgerEntry> parents = entries(judgement.parent(), judgement.parentFacts(), verdict.time());
        return outbox.commit(Lock.LEDGER, () -> EvaluationEntity.<EvaluationEntity>findById(id)
                .invoke(EvaluationRecords::requireUnderWay)
                .call(() -> delete(judgement.version(), own))
                .call(() -> FactEntity.current().chain(facts -> {
                    Map<String, Fact> current = byName(facts);
                    return store(lines(judgement.version(), own, current, verdict.time()))
                            .chain(() -> lacking(judgement.parent(), parents))
                            .chain(lacking -> store(lines(judgement.parent(), lacking, current, verdict.time())));
                }))
                .call(() ->
                        ErasedKnowledgeEntity.findHolders(judgement.version().model()))
                .invoke(entity -> {
                    entity.progress = ProtoJson.write(progress);
                    entity.judge(verdict);
                    entity.end(new EvaluationStatus.Probing().judge(), verdict.time());
                })
                .call(() -> forget(id))
                .call(() -> proclaim(judgement.version(), verdict))
                .chain(entity -> audit.add(verdict.audited(judgement.version(), entity.trace)))
                .replaceWithVoid());
    }

    /** The version carries its last verdict; the mesh hears of a rejection. */
    private Uni<Void> proclaim(VersionName name, Verdict verdict) {
        return Versions.require(name)
                .invoke(version -> version.verdict = ProtoJson.write(verdict.toProto()))
                .chain(version -> switch (verdict) {
                    case Verdict.Accepted accepted -> Uni.createFrom().voidItem();
                    case Verdict.AwaitingApproval waiting -> Uni.createFrom().voidItem();
                    case Verdict.Rejected rejected ->
                        outbox.add(
                                EventType.VERSION_REJECTED,
                                name.resource(),
                                version.registered().toBuilder()
                                        .setVerdict(rejected.toProto())
                                        .build());
                });
    }

    private static void requireUnderWay(EvaluationEntity evaluation) {
        if (evaluation.endTime != null) {
            throw new CancellationException(
                    "evaluation %d has ended meanwhile: %s".formatted(evaluation.id, evaluation.state));
        }
    }

    private static Uni<Integer> forget(long id) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("delete from evaluation_finding where evaluation = :id")
                        .setParameter("id", id)
                        .executeUpdate());
    }

    private static Uni<Void> delete(VersionName version, List<LedgerEntry> entries) {
        return Multi.createFrom()
                .iterable(pieces(names(entries)))
                .onItem()
                .transformToUniAndConcatenate(names -> LedgerLineEntity.delete(
                        "model = ?1 and version = ?2 and fact in ?3", version.model(), version.number(), names))
                .onItem()
                .ignoreAsUni();
    }

    /** Those that the version's ledger has no line of. */
    private static Uni<List<LedgerEntry>> lacking(VersionName version, List<LedgerEntry> entries) {
        return Multi.createFrom()
                .iterable(pieces(names(entries)))
                .onItem()
                .transformToUniAndConcatenate(names -> LedgerLineEntity.<LedgerLineEntity>list(
                        "model = ?1 and version = ?2 and fact in ?3", version.model(), version.number(), names))
                .collect()
                .in(HashSet<String>::new, (there, lines) -> lines.forEach(line -> there.add(line.fact)))
                .map(there -> entries.stream()
                        .filter(entry -> !there.contains(entry.getFact().getName()))
                        .toList());
    }

    private static Uni<Void> store(List<LedgerLineEntity> lines) {
        return Multi.createFrom()
                .iterable(pieces(lines))
                .onItem()
                .transformToUniAndConcatenate(piece -> LedgerLineEntity.persist(piece))
                .onItem()
                .ignoreAsUni();
    }

    private static <T> List<List<T>> pieces(List<T> rows) {
        var pieces = new ArrayList<List<T>>();
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            pieces.add(rows.subList(from, Math.min(from + AT_ONCE, rows.size())));
        }
        return pieces;
    }

    private static List<String> names(List<LedgerEntry> entries) {
        return entries.stream().map(entry -> entry.getFact().getName()).toList();
    }

    private static List<LedgerEntry> entries(VersionName version, Collection<JudgedFact> judged, Instant time) {
        return judged.stream().map(fact -> fact.toEntry(version, time)).toList();
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

    private static Map<String, Fact> byName(List<FactEntity> facts) {
        return facts.stream().collect(Collectors.toMap(fact -> fact.name, FactEntity::fact));
    }
}
