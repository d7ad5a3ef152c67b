package io.loremesh.registry.artifact;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.ArtifactStatus;
import io.loremesh.proto.registry.v1.CollectGarbageRequest;
import io.loremesh.proto.registry.v1.CollectGarbageResponse;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.GetArtifactStatusRequest;
import io.loremesh.proto.registry.v1.MutinyArtifactServiceGrpc;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.proto.registry.v1.UploadArtifactResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class ArtifactGrpcService extends MutinyArtifactServiceGrpc.ArtifactServiceImplBase {
    private final Artifacts artifacts;
    private final GarbageCollection garbage;

    ArtifactGrpcService(Artifacts artifacts, GarbageCollection garbage) {
        this.artifacts = artifacts;
        this.garbage = garbage;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    /** On a worker thread: the next message is asked for when this one is on the disk. */
    @Override
    @Blocking
    public Uni<UploadArtifactResponse> uploadArtifact(Multi<UploadArtifactRequest> request) {
        return artifacts.upload(request);
    }

    @Override
    public Uni<ArtifactStatus> getArtifactStatus(GetArtifactStatusRequest request) {
        return artifacts.status(request.getDigest());
    }

    @Override
    public Multi<DownloadArtifactResponse> downloadArtifact(DownloadArtifactRequest request) {
        return artifacts.download(request);
    }

    @Override
    public Uni<CollectGarbageResponse> collectGarbage(CollectGarbageRequest request) {
        return garbage.collect(request);
    }
}
