package io.loremesh.registry.version;

import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.ListBaseModelsRequest;
import io.loremesh.proto.registry.v1.ListBaseModelsResponse;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.resource.Timestamps;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The base models that versions grow from. */
@ApplicationScoped
public class BaseModels {
    private static final int DEFAULT_PAGE = 50;

    private final Transactions transactions;

    BaseModels(Transactions transactions) {
        this.transactions = transactions;
    }

    public Uni<BaseModel> create(CreateBaseModelRequest request) {
        String id = request.getBaseModelId();
        if (!VersionRef.ID.matcher(id).matches()) {
            throw new RegistryException(
                    Kind.INVALID, "base_model_id \"%s\" is not 1 to 63 lower-case letters, digits and hyphens", id);
        }
        String digest = ContentDigest.parse(request.getBaseModel().getDigest()).toString();
        return transactions
                .in(Lock.VERSIONS, () -> BaseModelEntity.<BaseModelEntity>findById(id)
                        .chain(there -> there == null
                                ? entity(id, digest, request.getBaseModel()).<BaseModelEntity>persist()
                                : Uni.createFrom().item(sameDigest(there, digest))))
                .map(BaseModelEntity::toProto);
    }

    public Uni<BaseModel> get(String name) {
        String id = VersionRef.model(name);
        return transactions.in(() -> require(id)).map(BaseModelEntity::toProto);
    }

    public Uni<ListBaseModelsResponse> list(ListBaseModelsRequest request) {
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        return transactions
                .in(() -> BaseModelEntity.<BaseModelEntity>find("id > ?1 order by id", page.after())
                        .range(0, page.size())
                        .list())
                .map(read -> {
                    var slice = page.cut(read, model -> model.id);
                    return ListBaseModelsResponse.newBuilder()
                            .addAllBaseModels(slice.rows().stream()
                                    .map(BaseModelEntity::toProto)
                                    .toList())
                            .setNextPageToken(slice.nextToken())
                            .build();
                });
    }

    /** Forgets a model about which nothing was recorded yet. Errors: NOT_FOUND, PRECONDITION. */
    public Uni<Void> delete(String name) {
        String id = VersionRef.model(name);
        return transactions.in(Lock.VERSIONS, () -> require(id)
                .call(() -> recorded(id).invoke(count -> {
                    if (count > 0) {
                        throw new RegistryException(
                                Kind.PRECONDITION,
                                "models/%s has %d versions, alias moves or policies, and what was recorded"
                                        + " stays; move its aliases to another version, or leave it",
                                id,
                                count);
                    }
                }))
                .chain(there -> there.delete()));
    }

    private static Uni<Long> recorded(String id) {
        return Panache.getSession().chain(session -> session.<Long>createNativeQuery(
                        "select (select count(*) from version where model = :model)"
                                + " + (select count(*) from alias_move where model = :model)"
                                + " + (select count(*) from gate_policy where model = :model)")
                .setParameter("model", id)
                .getSingleResult());
    }

    /** Within a transaction. Errors: NOT_FOUND. */
    public static Uni<BaseModelEntity> require(String id) {
        return BaseModelEntity.<BaseModelEntity>findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> new RegistryException(
                        Kind.NOT_FOUND, "models/%s is not registered; CreateBaseModel registers it", id));
    }

    private static BaseModelEntity sameDigest(BaseModelEntity there, String digest) {
        if (!there.digest.equals(digest)) {
            throw new RegistryException(
                    Kind.ALREADY_EXISTS,
                    "models/%s is the checkpoint %s and not %s; register the other one under an id of its own",
                    there.id,
                    there.digest,
                    digest);
        }
        return there;
    }

    private static BaseModelEntity entity(String id, String digest, BaseModel model) {
        var entity = new BaseModelEntity();
        entity.id = id;
        entity.digest = digest;
        entity.architecture = model.getArchitecture();
        entity.parameterCount = model.getParameterCount();
        entity.createTime = Timestamps.now();
        return entity;
    }
}
