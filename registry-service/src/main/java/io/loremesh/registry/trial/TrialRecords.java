package io.loremesh.registry.trial;

import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.proto.registry.v1.TrialState;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.promotion.PromotionFlow;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.Versions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Trials from their first row to their last. A trial begins and ends in one transaction with the move of `canary` that
 * says so, under the lock of aliases; so there is one of a model at a time, and none ends twice.
 */
@ApplicationScoped
class TrialRecords {
    /** Who is recorded to have ended a trial whose figures decided. */
    static final String ACTOR = "trial";

    private static final String CANARY = "canary";

    /** @param due its time is over, by the database's clock */
    record UnderWay(TrialEntity trial, AliasMoveEntity begun, boolean due) {}

    private final Transactions transactions;
    private final Outbox outbox;
    private final PromotionFlow promotion;

    TrialRecords(Transactions transactions, Outbox outbox, PromotionFlow promotion) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.promotion = promotion;
    }

    Uni<TrialEntity> begin(TrialOrder order) {
        return outbox.commit(Lock.ALIASES, () -> Versions.require(order.version())
                .chain(version -> PromotionFlow.active(version.model).chain(active -> promotion
                        .beginTrial(
                                version.name(),
                                order.share(),
                                order.shadow(),
                                order.actor(),
                                order.reason(),
                                order.trace())
                        .chain(move -> insert(move, active.number(), order)))));
    }

    private static Uni<TrialEntity> insert(AliasMoveEntity move, int against, TrialOrder order) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "insert into trial (move, model, against, due_time) values (:move, :model, :against,"
                                        + " now() + cast(:seconds as double precision) * interval '1 second')")
                        .setParameter("move", move.sequence)
                        .setParameter("model", move.model)
                        .setParameter("against", against)
                        .setParameter("seconds", order.duration().toMillis() / 1_000.0)
                        .executeUpdate())
                .chain(() -> TrialEntity.findById(move.sequence));
    }

    Uni<List<Long>> underWay() {
        return transactions
                .in(() -> TrialEntity.<TrialEntity>list("outcome is null order by move"))
                .map(trials -> trials.stream().map(trial -> trial.move).toList());
    }

    /** Whether `canary` has left it: with a move of `active`, or an erasure. */
    Uni<Boolean> isOver(UnderWay found) {
        return transactions
                .in(() -> AliasMoveEntity.last(found.trial().model, CANARY))
                .map(last -> last.sequence != found.begun().sequence);
    }

    /** Errors: NOT_FOUND. */
    Uni<UnderWay> require(TrialName name) {
        return transactions.in(() -> TrialEntity.<TrialEntity>findById(name.move())
                .invoke(found -> {
                    if (found == null || !found.model.equals(name.model())) {
                        throw new RegistryException(
                                Kind.NOT_FOUND, "there is no %s; ListTrials shows what there is", name);
                    }
                })
                .chain(TrialRecords::withMove));
    }

    Uni<UnderWay> find(long move) {
        return transactions.in(() -> TrialEntity.<TrialEntity>findById(move).chain(TrialRecords::withMove));
    }

    /** Newest first. Errors: NOT_FOUND (model). */
    Uni<List<TrialEntity>> list(String model, long before, int most) {
        return transactions.in(() -> BaseModels.require(model)
                .chain(() -> TrialEntity.<TrialEntity>find("model = ?1 and move < ?2 order by move desc", model, before)
                        .range(0, most)
                        .list()));
    }

    private static Uni<UnderWay> withMove(TrialEntity trial) {
        return AliasMoveEntity.<AliasMoveEntity>findById(trial.move).chain(begun -> Panache.getSession()
                .chain(session -> session.<Boolean>createNativeQuery(
                                "select due_time <= now() from trial where move = :move")
                        .setParameter("move", trial.move)
                        .getSingleResult())
                .map(due -> new UnderWay(trial, begun, due)));
    }

    /**
     * Ends a trial as its judgement says, unless it has ended: by another process, or because `canary` was taken from
     * the version when `active` moved. A version that may no longer be promoted is withdrawn instead.
     *
     * @param actor who ends it
     * @param trace of the call that ends it; empty where the figures do
     */
    Uni<Trial> close(Measured measured, String actor, String trace) {
        long move = measured.begun().sequence;
        return outbox.commit(
                Lock.ALIASES, () -> TrialEntity.<TrialEntity>findById(move).chain(trial -> trial.ended()
                        .map(ended -> Uni.createFrom().item(ended))
                        .orElseGet(() -> AliasMoveEntity.last(trial.model, CANARY)
                                .chain(last -> last.sequence == move
                                        ? decide(measured).chain(decided -> end(trial, decided, actor, trace))
                                        : write(trial, takenAway(measured, last))))));
    }

    private static Measured takenAway(Measured measured, AliasMoveEntity last) {
        return measured.with(new Judgement.Undecided(measured.judgement().figures(), last.reason));
    }

    private Uni<Measured> decide(Measured measured) {
        if (measured.judgement().state() != TrialState.TRIAL_STATE_PROMOTED) {
            return Uni.createFrom().item(measured);
        }
        return promotion
                .requirePromotable(measured.candidate())
                .replaceWith(measured)
                .onFailure(RegistryException.class)
                .recoverWithItem(refused ->
                        measured.with(new Judgement.Failed(measured.judgement().figures(), refused.getMessage())));
    }

    /** The moves are last: they end with the audit log, under the last of all locks. */
    private Uni<Trial> end(TrialEntity trial, Measured decided, String actor, String trace) {
        String reason = decided.kind() + ": " + decided.judgement().why();
        return write(trial, decided)
                .call(() -> decided.judgement().state() == TrialState.TRIAL_STATE_PROMOTED
                        ? promotion
                                .promoteTried(decided.candidate(), actor, reason)
                                .replaceWithVoid()
                        : promotion.endTrial(trial.model, actor, reason, trace));
    }

    private static Uni<Trial> write(TrialEntity trial, Measured decided) {
        Trial ended =
                decided.toProto().setEndTime(Timestamps.of(Timestamps.now())).build();
        trial.outcome = ProtoJson.write(ended);
        return trial.persistAndFlush().replaceWith(ended);
    }
}
