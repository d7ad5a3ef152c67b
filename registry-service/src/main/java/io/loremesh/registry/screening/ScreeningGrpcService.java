package io.loremesh.registry.screening;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.MutinyScreeningServiceGrpc;
import io.loremesh.proto.registry.v1.ScreenFactsRequest;
import io.loremesh.proto.registry.v1.Screening;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class ScreeningGrpcService extends MutinyScreeningServiceGrpc.ScreeningServiceImplBase {
    private final ScreeningFlow screening;

    ScreeningGrpcService(ScreeningFlow screening) {
        this.screening = screening;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<Screening> screenFacts(ScreenFactsRequest request) {
        return screening.screen(request);
    }
}
