package io.loremesh.registry.trial;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.CancelTrialRequest;
import io.loremesh.proto.registry.v1.CreateTrialRequest;
import io.loremesh.proto.registry.v1.GetTrialRequest;
import io.loremesh.proto.registry.v1.ListTrialsRequest;
import io.loremesh.proto.registry.v1.ListTrialsResponse;
import io.loremesh.proto.registry.v1.MutinyTrialServiceGrpc;
import io.loremesh.proto.registry.v1.Trial;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class TrialGrpcService extends MutinyTrialServiceGrpc.TrialServiceImplBase {
    private final TrialFlow trials;

    TrialGrpcService(TrialFlow trials) {
        this.trials = trials;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<Trial> createTrial(CreateTrialRequest request) {
        return trials.create(request);
    }

    @Override
    public Uni<Trial> getTrial(GetTrialRequest request) {
        return trials.get(request);
    }

    @Override
    public Uni<ListTrialsResponse> listTrials(ListTrialsRequest request) {
        return trials.list(request);
    }

    @Override
    public Uni<Trial> cancelTrial(CancelTrialRequest request) {
        return trials.cancel(request);
    }
}
