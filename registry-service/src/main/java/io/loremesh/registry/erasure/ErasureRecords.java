package io.loremesh.registry.erasure;

import io.loremesh.events.EventType;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.registry.audit.AuditEntryEntity;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.FactChange.Origin;
import io.loremesh.registry.ledger.FactEntity;
import io.loremesh.registry.ledger.FactLedger;
import io.loremesh.registry.ledger.FactRevisionEntity;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.ErasedKnowledgeEntity;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads what an erasure needs to know and writes what it did. */
@ApplicationScoped
class ErasureRecords {
    private static final String SOURCE = "/loremesh/registry";

    private final Transactions transactions;
    private final Outbox outbox;
    private final FactLedger ledger;
    private final AuditLog audit;

    ErasureRecords(Transactions transactions, Outbox outbox, FactLedger ledger, AuditLog audit) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.ledger = ledger;
        this.audit = audit;
    }

    /** Errors: NOT_FOUND. */
    Uni<ErasedFact> fact(ErasureOrder order) {
        return transactions.in(() -> FactRevisionEntity.<FactRevisionEntity>list(
                        "fact = ?1 order by revision", order.fact())
                .map(revisions -> {
                    if (revisions.isEmpty()) {
                        throw new RegistryException(
                                Kind.NOT_FOUND, "there is no fact \"%s\"; ListFacts shows what is", order.fact());
                    }
                    return ErasedFact.of(
                            revisions.stream().map(FactRevisionEntity::said).toList());
                }));
    }

    /**
     * Retracts the fact: the event for everybody, the audit entry, then the ledger. Should the process die in between, the
     * event comes back to the ledger by Kafka.
     */
    Uni<Void> retract(ErasureOrder order) {
        var retraction = FactRetraction.newBuilder()
                .setName(order.fact())
                .setReason(order.reason())
                .build();
        var begun = new Audited(
                AuditAction.AUDIT_ACTION_ERASURE_BEGUN,
                order.fact(),
                order.actor(),
                order.reason(),
                Map.of("model", "models/" + order.model()),
                order.trace());
        return outbox.commit(Lock.LEDGER, () -> FactEntity.<FactEntity>findById(order.fact())
                        .chain(fact -> fact.retracted
                                ? Uni.createFrom().voidItem()
                                : outbox.add(EventType.FACT_RETRACTED, order.fact(), retraction)
                                        .chain(() -> audit.add(begun))
                                        .replaceWithVoid()))
                .chain(() -> ledger.retract(
                        retraction, new Origin("erasure-" + UUID.randomUUID(), SOURCE, Timestamps.now())));
    }

    /** Versions that the ledger says have learned the fact, written down as holders. */
    Uni<Set<VersionName>> findHolders(ErasureOrder order) {
        // Since its retraction, what was learned is stale.
        return transactions.in(Lock.LEDGER, () -> LedgerLineEntity.<LedgerLineEntity>list(
                        "model = ?1 and fact = ?2 and version > 0 and state in ?3",
                        order.model(),
                        order.fact(),
                        List.of(KnowledgeState.KNOWLEDGE_STATE_LEARNED, KnowledgeState.KNOWLEDGE_STATE_STALE))
                .chain(lines -> hold(
                        order, lines.stream().map(LedgerLineEntity::versionName).collect(Collectors.toSet()))));
    }

    /** Writes down one more holder, found by asking it. */
    Uni<Set<VersionName>> addHolder(ErasureOrder order, VersionName holder) {
        return transactions.in(Lock.LEDGER, () -> hold(order, Set.of(holder)));
    }

    /** Where `active` points; the bare base where it never moved. */
    Uni<VersionName> active(String model) {
        return transactions
                .in(() -> AliasMoveEntity.last(model, "active"))
                .map(last -> last == null ? VersionName.bare(model) : last.target());
    }

    /** Accepted versions older than this one, newest first. */
    Uni<List<VersionName>> acceptedBefore(VersionName version) {
        return transactions
                .in(() -> VersionEntity.<VersionEntity>list(
                        "model = ?1 and number < ?2 order by number desc", version.model(), version.number()))
                .map(versions -> versions.stream()
                        .filter(older -> older.lastVerdict()
                                .filter(verdict -> verdict.getDecision() == Decision.DECISION_ACCEPTED)
                                .isPresent())
                        .map(VersionEntity::name)
                        .toList());
    }

    Uni<AuditEntry> close(ErasureOrder order, Map<String, String> details) {
        return transactions
                .in(() -> audit.add(new Audited(
                        AuditAction.AUDIT_ACTION_ERASURE_PROBED,
                        order.fact(),
                        order.actor(),
                        order.reason(),
                        details,
                        order.trace())))
                .map(AuditEntryEntity::toProto);
    }

    /** All holders, old and new. */
    private static Uni<Set<VersionName>> hold(ErasureOrder order, Set<VersionName> found) {
        return ErasedKnowledgeEntity.holders(order.model(), order.fact()).chain(there -> {
            Set<VersionName> known =
                    there.stream().map(ErasedKnowledgeEntity::holder).collect(Collectors.toSet());
            List<ErasedKnowledgeEntity> added = found.stream()
                    .filter(holder -> !known.contains(holder))
                    .map(holder -> ErasedKnowledgeEntity.of(holder, order.fact()))
                    .toList();
            known.addAll(found);
            // Panache refuses to persist nothing.
            return added.isEmpty()
                    ? Uni.createFrom().item(known)
                    : ErasedKnowledgeEntity.persist(added).replaceWith(known);
        });
    }
}
