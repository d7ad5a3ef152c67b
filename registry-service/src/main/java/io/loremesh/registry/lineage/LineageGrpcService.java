package io.loremesh.registry.lineage;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.MutinyLineageServiceGrpc;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class LineageGrpcService extends MutinyLineageServiceGrpc.LineageServiceImplBase {
    private final LineageReader lineage;

    LineageGrpcService(LineageReader lineage) {
        this.lineage = lineage;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<Lineage> getLineage(GetLineageRequest request) {
        return lineage.lineage(request);
    }
}
