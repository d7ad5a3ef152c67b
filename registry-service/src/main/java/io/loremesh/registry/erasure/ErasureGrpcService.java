package io.loremesh.registry.erasure;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.proto.registry.v1.EraseFactResponse;
import io.loremesh.proto.registry.v1.MutinyErasureServiceGrpc;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;

/** The contract of this step over gRPC. */
@GrpcService
class ErasureGrpcService extends MutinyErasureServiceGrpc.ErasureServiceImplBase {
    private final ErasureFlow erasure;

    ErasureGrpcService(ErasureFlow erasure) {
        this.erasure = erasure;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Multi<EraseFactResponse> eraseFact(EraseFactRequest request) {
        return erasure.erase(request);
    }
}
