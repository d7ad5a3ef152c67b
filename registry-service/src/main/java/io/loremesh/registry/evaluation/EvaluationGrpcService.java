package io.loremesh.registry.evaluation;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.CancelEvaluationRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionResponse;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.GetEvaluationRequest;
import io.loremesh.proto.registry.v1.ListEvaluationsRequest;
import io.loremesh.proto.registry.v1.ListEvaluationsResponse;
import io.loremesh.proto.registry.v1.MutinyEvaluationServiceGrpc;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class EvaluationGrpcService extends MutinyEvaluationServiceGrpc.EvaluationServiceImplBase {
    private final EvaluationFlow evaluation;

    EvaluationGrpcService(EvaluationFlow evaluation) {
        this.evaluation = evaluation;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Multi<EvaluateVersionResponse> evaluateVersion(EvaluateVersionRequest request) {
        return evaluation.evaluate(request);
    }

    @Override
    public Uni<Evaluation> getEvaluation(GetEvaluationRequest request) {
        return evaluation.get(request.getName());
    }

    @Override
    public Uni<ListEvaluationsResponse> listEvaluations(ListEvaluationsRequest request) {
        return evaluation.list(request);
    }

    @Override
    public Uni<Evaluation> cancelEvaluation(CancelEvaluationRequest request) {
        return evaluation.cancel(request);
    }
}
