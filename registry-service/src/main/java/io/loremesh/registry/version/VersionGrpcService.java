package io.loremesh.registry.version;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.ListVersionsResponse;
import io.loremesh.proto.registry.v1.MutinyVersionServiceGrpc;
import io.loremesh.proto.registry.v1.Version;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class VersionGrpcService extends MutinyVersionServiceGrpc.VersionServiceImplBase {
    private final Registrar registrar;
    private final Versions versions;

    VersionGrpcService(Registrar registrar, Versions versions) {
        this.registrar = registrar;
        this.versions = versions;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<Version> createVersion(CreateVersionRequest request) {
        return registrar.register(request);
    }

    @Override
    public Uni<Version> getVersion(GetVersionRequest request) {
        return versions.get(request.getName());
    }

    @Override
    public Uni<ListVersionsResponse> listVersions(ListVersionsRequest request) {
        return versions.list(request);
    }
}
