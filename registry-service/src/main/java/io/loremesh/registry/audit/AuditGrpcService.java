package io.loremesh.registry.audit;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesResponse;
import io.loremesh.proto.registry.v1.MutinyAuditServiceGrpc;
import io.loremesh.proto.registry.v1.VerifyAuditLogRequest;
import io.loremesh.proto.registry.v1.VerifyAuditLogResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class AuditGrpcService extends MutinyAuditServiceGrpc.AuditServiceImplBase {
    private final AuditLog audit;

    AuditGrpcService(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<ListAuditEntriesResponse> listAuditEntries(ListAuditEntriesRequest request) {
        return audit.list(request);
    }

    @Override
    public Uni<VerifyAuditLogResponse> verifyAuditLog(VerifyAuditLogRequest request) {
        return audit.verify(request);
    }
}
