package io.loremesh.registry.blame;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.BisectFactRequest;
import io.loremesh.proto.registry.v1.BisectFactResponse;
import io.loremesh.proto.registry.v1.BlameFactRequest;
import io.loremesh.proto.registry.v1.FactBlame;
import io.loremesh.proto.registry.v1.MutinyBlameServiceGrpc;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class BlameGrpcService extends MutinyBlameServiceGrpc.BlameServiceImplBase {
    private final BlameFlow blame;
    private final BisectFlow bisection;

    BlameGrpcService(BlameFlow blame, BisectFlow bisection) {
        this.blame = blame;
        this.bisection = bisection;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<FactBlame> blameFact(BlameFactRequest request) {
        return blame.blame(request);
    }

    @Override
    public Multi<BisectFactResponse> bisectFact(BisectFactRequest request) {
        return bisection.bisect(request);
    }
}
