package io.loremesh.registry.erasure;

import io.loremesh.events.EventType;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.registry.audit.AuditEntryEntity;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.FactChange.Origin;
import io.loremesh.registry.ledger.FactEntity;
import io.loremesh.registry.ledger.FactLedger;
import io.loremesh.registry.ledger.FactRevisionEntity;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModels;
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

    /** Errors: NOT_FOUND (model, fact). */
    Uni<ErasedFact> fact(ErasureOrder order) {
        return transactions.in(() -> BaseModels.require(order.model())
                .chain(() -> FactRevisionEntity.<FactRevisionEntity>list("fact = ?1 order by revision", order.fact()))
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
     * Retracts the fact: the event for everybody, the audit entry, then the ledger. Should the process die in between,
     * the event comes back to the ledger by Kafka.
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
        return outbox.commit(Lock.LEDGER, () -> ErasedKnowledgeEntity.erase(order.model(), order.fact())
                        .chain(() -> FactEntity.<FactEntity>findById(order.fact()))
                        .chain(fact -> fact.retracted
                                ? Uni.createFrom().voidItem()
                                : outbox.add(EventType.FACT_RETRACTED, order.fact(), retraction)
                                        .chain(() -> audit.add(begun))
                                        .replaceWithVoid()))
                .chain(() -> ledger.retract(
                        retraction, new Origin("erasure-" + UUID.randomUUID(), SOURCE, Timestamps.now())));
    }

    /** Every version that is known to hold the fact, those that its ledger tells of among them. */
    Uni<Set<VersionName>> findHolders(ErasureOrder order) {
        return transactions.in(Lock.LEDGER, () -> ErasedKnowledgeEntity.findHolders(order.model())
                .chain(() -> ErasedKnowledgeEntity.holders(order.model(), order.fact()))
                .map(held -> held.stream().map(ErasedKnowledgeEntity::holder).collect(Collectors.toSet())));
    }

    /** Writes down one more holder, found by asking it. */
    Uni<Void> addHolder(ErasureOrder order, VersionName holder) {
        return transactions.in(Lock.LEDGER, () -> ErasedKnowledgeEntity.holders(order.model(), order.fact())
                .chain(held -> held.stream().anyMatch(there -> there.holder().equals(holder))
                        ? Uni.createFrom().voidItem()
                        : ErasedKnowledgeEntity.of(holder, order.fact())
                                .persist()
                                .replaceWithVoid()));
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
}
