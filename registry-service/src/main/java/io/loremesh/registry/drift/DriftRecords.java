package io.loremesh.registry.drift;

import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_OVERTAKEN;

import io.loremesh.proto.registry.v1.DriftMeasurement;
import io.loremesh.proto.registry.v1.GateResult;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsRequest;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsResponse;
import io.loremesh.registry.drift.DriftRule.Judgement;
import io.loremesh.registry.evaluation.Gate;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.promotion.PromotionFlow;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.ErasedKnowledgeEntity;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The series. A measurement and what follows from it are one transaction under the lock of aliases: a rollback that is
 * not in the series, or is there twice, cannot be.
 */
@ApplicationScoped
public class DriftRecords {
    /** Who is recorded to have rolled back. */
    static final String ACTOR = "drift monitor";

    private static final String ACTIVE = "active";
    private static final int DEFAULT_PAGE = 50;

    private final Transactions transactions;
    private final Outbox outbox;
    private final PromotionFlow promotion;

    DriftRecords(Transactions transactions, Outbox outbox, PromotionFlow promotion) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.promotion = promotion;
    }

    public Uni<ListDriftMeasurementsResponse> list(ListDriftMeasurementsRequest request) {
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        VersionRef ref = VersionRef.parse(request.getParent());
        long before = page.afterNumber().orElse(Long.MAX_VALUE);
        return transactions
                .in(() -> BaseModels.require(ref.model())
                        .chain(() -> Versions.resolve(ref))
                        .chain(version -> DriftMeasurementEntity.<DriftMeasurementEntity>find(
                                        "model = ?1 and (?2 = 0 or version = ?2) and id < ?3 order by id desc",
                                        version.model(),
                                        version.number(),
                                        before)
                                .range(0, page.size())
                                .list()))
                .map(read -> {
                    var slice = page.cut(read, measurement -> measurement.id);
                    return ListDriftMeasurementsResponse.newBuilder()
                            .addAllMeasurements(slice.rows().stream()
                                    .map(DriftMeasurementEntity::toProto)
                                    .toList())
                            .setNextPageToken(slice.nextToken())
                            .build();
                });
    }

    /** The version that answers now. Errors: PRECONDITION, where that is the bare base. */
    Uni<Subject> subject(String model) {
        return transactions.in(() -> moves(model).chain(moves -> {
            WayBack way = WayBack.of(model, moves);
            VersionName version = way.standing().version();
            if (version.isBare()) {
                throw new RegistryException(
                        Kind.PRECONDITION, "%s is the bare base, which has nothing to go back to", version);
            }
            return Versions.require(version)
                    .map(entity -> new Subject(
                            way.standing(),
                            moves.getLast().sequence,
                            entity.parentName(),
                            judged(entity),
                            List.of(),
                            Timestamps.now()));
        }));
    }

    /**
     * Adds to the series, and moves `active` back where the judgement asks for it and it still points to what was
     * measured.
     */
    Uni<DriftMeasurement> close(Subject subject, Judgement judgement) {
        return outbox.commit(Lock.ALIASES, () -> moves(subject.version().model())
                        .chain(moves -> moves.getLast().sequence != subject.move()
                                ? persist(subject, overtaken(judgement), null)
                                : judgement.asksForRollback()
                                        ? target(WayBack.of(subject.version().model(), moves))
                                                .chain(target -> rollBack(subject, judgement, target))
                                        : persist(subject, judgement, null)))
                .map(DriftMeasurementEntity::toProto);
    }

    private static Judgement overtaken(Judgement judgement) {
        String why = "`active` moved while the version was measured";
        return judgement.as(
                DRIFT_FINDING_OVERTAKEN, judgement.detail().isEmpty() ? why : why + "; " + judgement.detail());
    }

    /** The move is last: it ends with the audit log, under the last of all locks. */
    private Uni<DriftMeasurementEntity> rollBack(Subject subject, Judgement judgement, VersionName target) {
        return persist(subject, judgement, target)
                .call(() -> promotion.moveBackTo(target, ACTOR, "drift: " + judgement.detail(), ""));
    }

    /** The next that holds nothing erased; the bare base never does. */
    private static Uni<VersionName> target(WayBack way) {
        return Multi.createFrom()
                .iterable(way.earlier())
                .select()
                .when(version -> ErasedKnowledgeEntity.heldBy(version).map(List::isEmpty))
                .toUni();
    }

    private static Uni<DriftMeasurementEntity> persist(Subject subject, Judgement judgement, VersionName target) {
        var entity = new DriftMeasurementEntity();
        entity.model = subject.version().model();
        entity.version = subject.version().number();
        entity.createTime = subject.beginTime();
        entity.content = ProtoJson.write(DriftMeasurement.newBuilder()
                .setVersion(subject.version().resource())
                .setMove(subject.move())
                .setFinding(judgement.finding())
                .addAllFigures(judgement.figures())
                .setDetail(judgement.detail())
                .setRolledBackTo(target == null ? "" : target.resource())
                .setCreateTime(Timestamps.of(subject.beginTime()))
                .setEndTime(Timestamps.of(Timestamps.now()))
                .build());
        return entity.persistAndFlush();
    }

    private static Uni<List<AliasMoveEntity>> moves(String model) {
        return AliasMoveEntity.list("model = ?1 and alias = ?2 order by sequence", model, ACTIVE);
    }

    private static OptionalDouble judged(VersionEntity version) {
        return version.lastVerdict().stream()
                .flatMap(verdict -> verdict.getGatesList().stream())
                .filter(gate -> gate.getGate().equals(Gate.DRIFT.id()) && gate.hasValue())
                .mapToDouble(GateResult::getValue)
                .findFirst();
    }
}
