package io.loremesh.registry.diff;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.ListFactChangesRequest;
import io.loremesh.proto.registry.v1.ListFactChangesResponse;
import io.loremesh.proto.registry.v1.MutinyDiffServiceGrpc;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class DiffGrpcService extends MutinyDiffServiceGrpc.DiffServiceImplBase {
    private final DiffFlow diff;

    DiffGrpcService(DiffFlow diff) {
        this.diff = diff;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<KnowledgeDiff> diffVersions(DiffVersionsRequest request) {
        return diff.diff(request);
    }

    @Override
    public Uni<ListFactChangesResponse> listFactChanges(ListFactChangesRequest request) {
        return diff.changes(request);
    }
}
