package io.loremesh.registry.promotion;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.ApproveVersionRequest;
import io.loremesh.proto.registry.v1.MutinyApprovalServiceGrpc;
import io.loremesh.proto.registry.v1.Version;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class ApprovalGrpcService extends MutinyApprovalServiceGrpc.ApprovalServiceImplBase {
    private final Approvals approvals;

    ApprovalGrpcService(Approvals approvals) {
        this.approvals = approvals;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<Version> approveVersion(ApproveVersionRequest request) {
        return approvals.approve(request);
    }
}
