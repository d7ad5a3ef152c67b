package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.CancelEvaluationRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionResponse;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.EvaluationProgress;
import io.loremesh.proto.registry.v1.EvaluationState;
import io.loremesh.proto.registry.v1.ListEvaluationsRequest;
import io.loremesh.proto.registry.v1.ListEvaluationsResponse;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * The story of an evaluation: ask the parent what it says, ask the candidate, compare, write the ledger and the
 * verdict. Probes generate from the bare question through the serving engine, greedily; nothing is teacher-forced but
 * margins and drift. {@link EvaluationWork} does it, step by step in {@link Examination}; a call begins one and
 * watches.
 */
@ApplicationScoped
public class EvaluationFlow {
    private static final int DEFAULT_PAGE = 50;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final EvaluationRecords records;
    private final EvaluationWork work;
    private final Versions versions;

    EvaluationFlow(EvaluationRecords records, EvaluationWork work, Versions versions) {
        this.records = records;
        this.work = work;
        this.versions = versions;
    }

    /** Progress, then the judged version. A caller that goes away ends nothing. */
    public Multi<EvaluateVersionResponse> evaluate(EvaluateVersionRequest request) {
        VersionRef version = VersionRef.parse(request.getVersion());
        return records.begin(version, request, CallTrace.current())
                .call(evaluation -> work.begin(evaluation.id))
                .onItem()
                .transformToMulti(evaluation -> watch(evaluation.id));
    }

    public Uni<Evaluation> get(String name) {
        return records.require(EvaluationName.parse(name)).map(this::asItStands);
    }

    public Uni<ListEvaluationsResponse> list(ListEvaluationsRequest request) {
        VersionRef version = VersionRef.parse(request.getParent());
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        return records.list(version, page.afterNumber().orElse(Long.MAX_VALUE), page.size())
                .map(read -> {
                    var slice = page.cut(read, evaluation -> evaluation.id);
                    return ListEvaluationsResponse.newBuilder()
                            .addAllEvaluations(
                                    slice.rows().stream().map(this::asItStands).toList())
                            .setNextPageToken(slice.nextToken())
                            .build();
                });
    }

    public Uni<Evaluation> cancel(CancelEvaluationRequest request) {
        EvaluationName name = EvaluationName.parse(request.getName());
        return records.require(name)
                .chain(evaluation -> records.end(evaluation.id, new EvaluationStatus.Cancelled(request.getReason())))
                .invoke(evaluation -> work.drop(evaluation.id))
                .map(EvaluationEntity::toProto)
                .invoke(evaluation -> {
                    if (evaluation.getState() != EvaluationState.EVALUATION_STATE_CANCELLED) {
                        throw new RegistryException(
                                Kind.PRECONDITION, "%s has ended already: %s", name, evaluation.getState());
                    }
                });
    }

    private Multi<EvaluateVersionResponse> watch(long id) {
        return Multi.createBy()
                .repeating()
                .uni(() -> look(id))
                .withDelay(LOOK)
                .whilst(evaluation -> !evaluation.hasEndTime())
                .skip()
                .repetitions()
                .onItem()
                .transformToUniAndConcatenate(this::tell);
    }

    private Uni<Evaluation> look(long id) {
        return records.entity(id)
                .map(this::asItStands)
                .onFailure(PassingTrouble::is)
                .retry()
                .withBackOff(LOOK, LONGEST_WAIT)
                .indefinitely();
    }

    /** The work of this process knows better how far it is than what it last wrote. */
    private Evaluation asItStands(EvaluationEntity entity) {
        Evaluation written = entity.toProto();
        return written.hasEndTime()
                ? written
                : work.progress(entity.id)
                        .map(live -> live.toBuilder()
                                .setName(written.getName())
                                .setStartTime(written.getStartTime())
                                .build())
                        .orElse(written);
    }

    private Uni<EvaluateVersionResponse> tell(Evaluation evaluation) {
        return switch (evaluation.getState()) {
            case EVALUATION_STATE_JUDGED ->
                versions.get(versionOf(evaluation)).map(judged -> EvaluateVersionResponse.newBuilder()
                        .setVersion(judged)
                        .setEvaluation(evaluation)
                        .build());
            case EVALUATION_STATE_FAILED, EVALUATION_STATE_CANCELLED ->
                Uni.createFrom()
                        .failure(new RegistryException(
                                Kind.PRECONDITION,
                                "%s %s: %s",
                                evaluation.getName(),
                                evaluation.getState() == EvaluationState.EVALUATION_STATE_FAILED
                                        ? "failed"
                                        : "was cancelled",
                                evaluation.getDetail()));
            case EVALUATION_STATE_PROBING, EVALUATION_STATE_WAITING, EVALUATION_STATE_UNSPECIFIED, UNRECOGNIZED ->
                Uni.createFrom().item(underWay(evaluation));
        };
    }

    private static EvaluateVersionResponse underWay(Evaluation evaluation) {
        String stage = evaluation.getState() == EvaluationState.EVALUATION_STATE_WAITING
                ? "%s, waiting: %s".formatted(evaluation.getStage(), evaluation.getDetail())
                : evaluation.getStage();
        return EvaluateVersionResponse.newBuilder()
                .setProgress(EvaluationProgress.newBuilder()
                        .setStage(stage)
                        .setDone(evaluation.getProbedCount())
                        .setTotal(evaluation.getTotalCount()))
                .setEvaluation(evaluation)
                .build();
    }

    private static String versionOf(Evaluation evaluation) {
        return EvaluationName.parse(evaluation.getName()).version();
    }
}
