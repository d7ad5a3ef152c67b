package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.CreateBaseModelRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.promotion.PromotionFlow;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModelEntity;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** MLflow's registered models: base models, where their aliases point, and the remarks about them. */
@ApplicationScoped
class RegisteredModels {
    /** Tags that say which checkpoint a new model is. */
    static final String BASE_DIGEST = "loremesh.base_digest";

    static final String ARCHITECTURE = "loremesh.architecture";

    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int PIECE = 100;
    private static final String REASON = "through MLflow's API";

    private final Transactions transactions;
    private final BaseModels models;
    private final PromotionFlow promotion;
    private final Tags tags;

    RegisteredModels(Transactions transactions, BaseModels models, PromotionFlow promotion, Tags tags) {
        this.transactions = transactions;
        this.models = models;
        this.promotion = promotion;
        this.tags = tags;
    }

    /** Errors: ALREADY_EXISTS, INVALID (no digest: a model here is a checkpoint). */
    Uni<ObjectNode> create(Parameters told, Caller caller) {
        String model = told.model();
        Map<String, String> remarks = new LinkedHashMap<>(told.tags());
        String digest = remarks.getOrDefault(BASE_DIGEST, "");
        String architecture = remarks.getOrDefault(ARCHITECTURE, "");
        remarks.keySet().removeAll(Set.of(BASE_DIGEST, ARCHITECTURE));
        if (!told.text("description").isEmpty()) {
            remarks.put(Tags.DESCRIPTION, told.text("description"));
        }
        Tags.requireFree(remarks);
        return transactions
                .in(() -> BaseModelEntity.<BaseModelEntity>findById(model))
                .invoke(there -> requireNew(model, there, digest))
                .chain(() -> models.create(CreateBaseModelRequest.newBuilder()
                        .setBaseModelId(model)
                        .setBaseModel(BaseModel.newBuilder().setDigest(digest).setArchitecture(architecture))
                        .build()))
                .chain(() -> tags.set(VersionName.bare(model), remarks, caller))
                .chain(() -> get(model));
    }

    Uni<ObjectNode> get(String model) {
        return transactions.in(() -> BaseModels.require(model).chain(RegisteredModels::describe));
    }

    Uni<ObjectNode> update(String model, String description, Caller caller) {
        return tags.describe(VersionName.bare(model), description, caller).chain(() -> get(model));
    }

    Uni<Void> delete(String model) {
        return models.delete("models/" + model);
    }

    /** The newest version, in MLflow's only stage that versions here have. */
    Uni<List<ObjectNode>> latest(String model, List<String> stages) {
        boolean none = stages.isEmpty() || stages.stream().anyMatch("None"::equalsIgnoreCase);
        return transactions.in(() -> BaseModels.require(model)
                .chain(() -> newest(model))
                .map(newest -> none ? newest.stream().toList() : List.<ObjectNode>of()));
    }

    /** Moves an alias, under the rules of every other way to move it. */
    Uni<AliasMove> setAlias(VersionName target, String alias, Caller caller) {
        return move(target.model(), alias, target.resource(), caller);
    }

    /** An alias is never forgotten: from now on it points to the bare base, which MLflow does not see. */
    Uni<Void> deleteAlias(String model, String alias, Caller caller) {
        return transactions
                .in(() -> BaseModels.require(model).chain(() -> AliasMoveEntity.last(model, alias)))
                .chain(last -> last == null || last.target().isBare()
                        ? Uni.createFrom().voidItem()
                        : move(model, alias, "", caller).replaceWithVoid());
    }

    Uni<ObjectNode> search(Parameters told) {
        SearchFilter filter = SearchFilter.parse(told.text("filter"), SearchFilter.OF_MODELS);
        SearchOrder order = SearchOrder.ofModels(told.texts("order_by"));
        int most = told.maxResults(USUAL, MOST);
        return collect(filter, order, most, told.text("page_token"), new ArrayList<>());
    }

    private static void requireNew(String model, BaseModelEntity there, String digest) {
        if (there != null) {
            throw new RegistryException(
                    Kind.ALREADY_EXISTS, "models/%s is registered already; register versions of it", model);
        }
        if (digest.isEmpty()) {
            throw new RegistryException(
                    Kind.INVALID,
                    "models/%s is not registered, and a model here is one base checkpoint; name it in the tag `%s`"
                            + " (sha256:…), or register the model by `mesh import` or a training run",
                    model,
                    BASE_DIGEST);
        }
    }

    private Uni<AliasMove> move(String model, String alias, String version, Caller caller) {
        return caller.trace(() -> promotion.set(SetAliasRequest.newBuilder()
                .setModel("models/" + model)
                .setAlias(alias)
                .setVersion(version)
                .setActor(caller.actor())
                .setReason(REASON)
                .build()));
    }

    private Uni<ObjectNode> collect(
            SearchFilter filter, SearchOrder order, int most, String after, List<ObjectNode> found) {
        Uni<List<ObjectNode>> read = transactions.in(() -> rows(order, after).chain(this::describe));
        return read.emitOn(Infrastructure.getDefaultWorkerPool()).chain(piece -> {
            String last = after;
            for (ObjectNode model : piece) {
                if (found.size() == most) {
                    return Uni.createFrom().item(answer(found, last));
                }
                last = model.path("name").asText();
                if (filter.matches(model)) {
                    found.add(model);
                }
            }
            return piece.size() < PIECE
                    ? Uni.createFrom().item(answer(found, ""))
                    : collect(filter, order, most, last, found);
        });
    }

    private static Uni<List<BaseModelEntity>> rows(SearchOrder order, String after) {
        String text =
                switch (order) {
                    case FORWARD -> "id > ?1 order by id";
                    case BACKWARD -> "(?1 = '' or id < ?1) order by id desc";
                };
        return BaseModelEntity.<BaseModelEntity>find(text, after)
                .range(0, PIECE - 1)
                .list();
    }

    private Uni<List<ObjectNode>> describe(List<BaseModelEntity> entities) {
        Uni<List<ObjectNode>> described = Uni.createFrom().item(new ArrayList<>());
        for (BaseModelEntity entity : entities) {
            // One after the other: they share a session.
            described = described.call(list -> describe(entity).invoke(list::add));
        }
        return described;
    }

    private static Uni<ObjectNode> describe(BaseModelEntity model) {
        return newest(model.id).chain(newest -> AliasMoveEntity.current(model.id)
                .chain(aliases -> TagEntity.of(List.of(model.id), List.of(VersionName.BARE))
                        .map(remarks -> ModelJson.model(model, newest, aliases, remarks))));
    }

    private static Uni<Optional<ObjectNode>> newest(String model) {
        return VersionEntity.<VersionEntity>find("model = ?1 order by number desc", model)
                .range(0, 0)
                .list()
                .chain(ModelVersions::describe)
                .map(described -> described.stream().findFirst());
    }

    private static ObjectNode answer(List<ObjectNode> found, String nextToken) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("registered_models").addAll(found);
        if (!nextToken.isEmpty()) {
            answer.put("next_page_token", nextToken);
        }
        return answer;
    }
}
