package io.loremesh.registry.promotion;

import io.grpc.ServerServiceDefinition;
import io.loremesh.door.MalformedMessages;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesResponse;
import io.loremesh.proto.registry.v1.MutinyAliasServiceGrpc;
import io.loremesh.proto.registry.v1.RollbackAliasRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.WatchAliasesRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The contract of this step over gRPC. */
@GrpcService
class AliasGrpcService extends MutinyAliasServiceGrpc.AliasServiceImplBase {
    private final PromotionFlow promotion;
    private final AliasFeed aliases;

    AliasGrpcService(PromotionFlow promotion, AliasFeed aliases) {
        this.promotion = promotion;
        this.aliases = aliases;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return MalformedMessages.refuse(super.bindService());
    }

    @Override
    public Uni<AliasMove> setAlias(SetAliasRequest request) {
        return promotion.set(request);
    }

    @Override
    public Uni<AliasMove> rollbackAlias(RollbackAliasRequest request) {
        return promotion.rollback(request);
    }

    @Override
    public Multi<AliasMove> watchAliases(WatchAliasesRequest request) {
        return aliases.watch(request);
    }

    @Override
    public Uni<ListAliasMovesResponse> listAliasMoves(ListAliasMovesRequest request) {
        return promotion.list(request);
    }
}
