package io.loremesh.registry.version;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.GetBaseModelRequest;
import io.loremesh.proto.registry.v1.ListBaseModelsRequest;
import io.loremesh.proto.registry.v1.ListBaseModelsResponse;
import io.loremesh.proto.registry.v1.MutinyBaseModelServiceGrpc;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class BaseModelGrpcService extends MutinyBaseModelServiceGrpc.BaseModelServiceImplBase {
    private final BaseModels baseModels;

    BaseModelGrpcService(BaseModels baseModels) {
        this.baseModels = baseModels;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<BaseModel> createBaseModel(CreateBaseModelRequest request) {
        return baseModels.create(request);
    }

    @Override
    public Uni<BaseModel> getBaseModel(GetBaseModelRequest request) {
        return baseModels.get(request.getName());
    }

    @Override
    public Uni<ListBaseModelsResponse> listBaseModels(ListBaseModelsRequest request) {
        return baseModels.list(request);
    }
}
