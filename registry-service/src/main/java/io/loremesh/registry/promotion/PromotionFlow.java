package io.loremesh.registry.promotion;

import static io.loremesh.registry.promotion.PromotionRules.ACTIVE;
import static io.loremesh.registry.promotion.PromotionRules.CANARY;
import static io.loremesh.registry.promotion.PromotionRules.PREVIOUS;

import io.loremesh.events.EventType;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesResponse;
import io.loremesh.proto.registry.v1.RollbackAliasRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.ErasedKnowledgeEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Moves aliases: one at a time, each move with its event in one transaction. Where an alias points is its last move.
 */
@ApplicationScoped
public class PromotionFlow {
    private static final int DEFAULT_PAGE = 50;

    /** A move that was asked for and may happen. */
    private record Order(String alias, VersionName target, String actor, String reason, EventType event, String trace) {
        Audited audited(AliasMoveEntity move) {
            VersionName from = move.origin();
            var details = new HashMap<>(Map.of("alias", alias, "from", from.resource(), "to", target.resource()));
            if (move.beginsTrial()) {
                details.put("share", String.valueOf(move.share));
                details.put("shadow", String.valueOf(move.shadow));
            }
            return new Audited(
                    action(move), target.isBare() ? from.resource() : target.resource(), actor, reason, details, trace);
        }

        private AuditAction action(AliasMoveEntity move) {
            if (alias.equals(CANARY)) {
                return move.beginsTrial() ? AuditAction.AUDIT_ACTION_TRIAL_BEGUN : AuditAction.AUDIT_ACTION_TRIAL_ENDED;
            }
            return event == EventType.VERSION_ROLLED_BACK
                    ? AuditAction.AUDIT_ACTION_ALIAS_ROLLED_BACK
                    : AuditAction.AUDIT_ACTION_ALIAS_MOVED;
        }
    }

    private final Transactions transactions;
    private final Outbox outbox;
    private final AuditLog audit;

    PromotionFlow(Transactions transactions, Outbox outbox, AuditLog audit) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
    }

    public Uni<AliasMove> set(SetAliasRequest request) {
        String model = VersionRef.model(request.getModel());
        String alias = PromotionRules.requireMovable(request.getAlias());
        VersionRef ref =
                request.getVersion().isEmpty() ? new VersionRef.Bare(model) : VersionRef.parse(request.getVersion());
        if (!ref.model().equals(model)) {
            throw new RegistryException(
                    Kind.INVALID,
                    "%s is not of models/%s; an alias points into its own model",
                    request.getVersion(),
                    model);
        }
        String trace = CallTrace.current();
        return outbox.commit(Lock.ALIASES, () -> BaseModels.require(model)
                        .chain(() -> Versions.resolve(ref))
                        .call(target -> requireNothingErased(alias, target))
                        .chain(target -> reasonToMove(request, alias, target, trace))
                        .chain(order -> moveUnlessThere(order)))
                .map(AliasMoveEntity::toProto);
    }

    public Uni<AliasMove> rollback(RollbackAliasRequest request) {
        String model = VersionRef.model(request.getModel());
        String alias = PromotionRules.requireMovable(request.getAlias().isEmpty() ? ACTIVE : request.getAlias());
        String trace = CallTrace.current();
        return outbox.commit(Lock.ALIASES, () -> BaseModels.require(model)
                        .chain(() -> AliasMoveEntity.last(model, alias))
                        .onItem()
                        .ifNull()
                        .failWith(() -> new RegistryException(
                                Kind.PRECONDITION,
                                "alias \"%s\" of models/%s never moved; there is no way back",
                                alias,
                                model))
                        .call(last -> requireNothingErased(alias, last.origin()))
                        .chain(last -> move(
                                new Order(
                                        alias,
                                        last.origin(),
                                        request.getActor(),
                                        request.getReason(),
                                        EventType.VERSION_ROLLED_BACK,
                                        trace),
                                last.target())))
                .map(AliasMoveEntity::toProto);
    }

    /** Moves `active` back to an older version, or the bare base, that is known to be good. */
    public Uni<AliasMove> rollBackTo(VersionName target, String actor, String reason, String trace) {
        return outbox.commit(Lock.ALIASES, () -> moveBackTo(target, actor, reason, trace))
                .map(AliasMoveEntity::toProto);
    }

    /** As {@link #rollBackTo}, as a part of what is committed under the lock of aliases. */
    public Uni<AliasMoveEntity> moveBackTo(VersionName target, String actor, String reason, String trace) {
        var order = new Order(ACTIVE, target, actor, reason, EventType.VERSION_ROLLED_BACK, trace);
        return requireNothingErased(ACTIVE, target).chain(() -> moveUnlessThere(order));
    }

    /**
     * Within a transaction under the lock of aliases: has the generators try a version.
     *
     * @param share of the requests, above 0 and up to 1
     * @param trace of the call that asked for it
     */
    public Uni<AliasMoveEntity> beginTrial(
            VersionName candidate, double share, boolean shadow, String actor, String reason, String trace) {
        var order = new Order(CANARY, candidate, actor, reason, EventType.VERSION_PROMOTED, trace);
        return AliasMoveEntity.last(candidate.model(), CANARY)
                .invoke(PromotionRules::requireNoTrial)
                .call(() ->
                        active(candidate.model()).invoke(active -> PromotionRules.requireNotActive(candidate, active)))
                .call(() -> requirePromotable(candidate))
                .chain(() -> write(order, VersionName.bare(candidate.model()), share, shadow));
    }

    /** Within a transaction: whether a version may become active without force. Errors: NOT_FOUND, PRECONDITION. */
    public Uni<Void> requirePromotable(VersionName candidate) {
        return requireNothingErased(ACTIVE, candidate)
                .chain(() -> Versions.require(candidate))
                .invoke(version -> PromotionRules.requireAccepted(candidate, version.lastVerdict()))
                .replaceWithVoid();
    }

    /** Within a transaction under the lock of aliases: `active` moves to what was tried, and that ends its trial. */
    public Uni<AliasMoveEntity> promoteTried(VersionName candidate, String actor, String reason) {
        return moveUnlessThere(new Order(ACTIVE, candidate, actor, reason, EventType.VERSION_PROMOTED, ""));
    }

    /** Within a transaction under the lock of aliases: ends the trial of a model, if one is under way. */
    public Uni<Void> endTrial(String model, String actor, String reason, String trace) {
        var order = new Order(CANARY, VersionName.bare(model), actor, reason, EventType.VERSION_ROLLED_BACK, trace);
        return AliasMoveEntity.last(model, CANARY)
                .chain(last -> last != null && last.beginsTrial()
                        ? write(order, last.target()).replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    /** As {@link #endTrial}, in a transaction of its own. */
    public Uni<Void> stopTrial(String model, String actor, String reason, String trace) {
        return outbox.commit(Lock.ALIASES, () -> endTrial(model, actor, reason, trace));
    }

    /** Within a transaction: what answers now. */
    public static Uni<VersionName> active(String model) {
        return AliasMoveEntity.last(model, ACTIVE).map(last -> last == null ? VersionName.bare(model) : last.target());
    }

    public Uni<ListAliasMovesResponse> list(ListAliasMovesRequest request) {
        String model = VersionRef.model(request.getModel());
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        long before = page.afterNumber().orElse(Long.MAX_VALUE);
        Instant asOf = request.hasAsOf() ? Timestamps.read(request.getAsOf()) : Timestamps.LATEST;
        return transactions
                .in(() -> BaseModels.require(model).chain(() -> AliasMoveEntity.<AliasMoveEntity>find(
                                "model = ?1 and sequence < ?2 and (?3 = '' or alias = ?3) and createTime <= ?4"
                                        + " order by sequence desc",
                                model,
                                before,
                                request.getAlias(),
                                asOf)
                        .range(0, page.size())
                        .list()))
                .map(read -> {
                    var slice = page.cut(read, move -> move.sequence);
                    return ListAliasMovesResponse.newBuilder()
                            .addAllMoves(slice.rows().stream()
                                    .map(AliasMoveEntity::toProto)
                                    .toList())
                            .setNextPageToken(slice.nextToken())
                            .build();
                });
    }

    /** Not even by force: what was erased does not come back by an alias. */
    private static Uni<Void> requireNothingErased(String alias, VersionName target) {
        return alias.equals(ACTIVE)
                ? ErasedKnowledgeEntity.heldBy(target)
                        .invoke(held -> PromotionRules.requireNothingErased(target, held))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private Uni<Order> reasonToMove(SetAliasRequest request, String alias, VersionName target, String trace) {
        var order =
                new Order(alias, target, request.getActor(), request.getReason(), EventType.VERSION_PROMOTED, trace);
        // The bare base needs no verdict: it is what versions are judged against.
        if (!alias.equals(ACTIVE) || target.isBare()) {
            return Uni.createFrom().item(order);
        }
        return Versions.require(target).map(version -> {
            if (!request.getForce()) {
                PromotionRules.requireAccepted(target, version.lastVerdict());
                return order;
            }
            String reason = PromotionRules.forcedReason(request.getReason(), version.lastVerdict());
            return new Order(alias, target, request.getActor(), reason, order.event(), trace);
        });
    }

    private Uni<AliasMoveEntity> moveUnlessThere(Order order) {
        return AliasMoveEntity.last(order.target().model(), order.alias())
                .chain(last -> last != null && last.target().equals(order.target())
                        ? Uni.createFrom().item(last)
                        : move(
                                order,
                                last == null ? VersionName.bare(order.target().model()) : last.target()));
    }

    private Uni<AliasMoveEntity> move(Order order, VersionName from) {
        Uni<AliasMoveEntity> moved = write(order, from);
        return order.alias().equals(ACTIVE)
                ? moved.call(move -> keepPrevious(order, from)).call(() -> endTrialAgainst(order))
                : moved;
    }

    /** A trial compares with what was active: with another version in its place it tells nothing. */
    private Uni<Void> endTrialAgainst(Order active) {
        String reason = "`active` moved to %s".formatted(active.target())
                + (active.reason().isEmpty() ? "" : ": " + active.reason());
        return endTrial(active.target().model(), active.actor(), reason, active.trace());
    }

    /** What was active becomes `previous`. */
    private Uni<AliasMoveEntity> keepPrevious(Order active, VersionName was) {
        var order = new Order(PREVIOUS, was, active.actor(), "was active until now", active.event(), active.trace());
        return moveUnlessThere(order);
    }

    private Uni<AliasMoveEntity> write(Order order, VersionName from) {
        return write(order, from, 0, false);
    }

    private Uni<AliasMoveEntity> write(Order order, VersionName from, double share, boolean shadow) {
        return AliasMoveEntity.last(order.target().model(), order.alias())
                .chain(before -> AliasMoveEntity.lastSequence().chain(last -> {
                    var move = new AliasMoveEntity();
                    move.sequence = last + 1;
                    move.model = order.target().model();
                    move.alias = order.alias();
                    move.version = order.target().number();
                    move.previousVersion = from.number();
                    move.actor = order.actor();
                    move.reason = order.reason();
                    move.createTime = Timestamps.nowAfter(before == null ? null : before.createTime);
                    move.share = share;
                    move.shadow = shadow;
                    return move.<AliasMoveEntity>persistAndFlush();
                }))
                .call(move -> outbox.add(order.event(), "models/" + move.model, move.toProto()))
                .call(move -> audit.add(order.audited(move)));
    }
}
