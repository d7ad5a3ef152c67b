package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.Registrar;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** MLflow's model versions: a version is registered by {@link Versions} alone, and shown with the remarks about it. */
@ApplicationScoped
class ModelVersions {
    /** The version or alias that the new one was trained on from; without it, the base. */
    static final String PARENT = "loremesh.parent";

    /** Facts that it was trained on, {@code facts/{fact}}, with commas between them. */
    static final String FACTS = "loremesh.facts";

    private static final int LONGEST_REMARK = 2_000;

    private final Transactions transactions;
    private final BaseModels models;
    private final Registrar registrar;
    private final Versions versions;
    private final AdapterFiles adapters;
    private final Tags tags;

    ModelVersions(
            Transactions transactions,
            BaseModels models,
            Registrar registrar,
            Versions versions,
            AdapterFiles adapters,
            Tags tags) {
        this.transactions = transactions;
        this.models = models;
        this.registrar = registrar;
        this.versions = versions;
        this.adapters = adapters;
        this.tags = tags;
    }

    /**
     * Errors: as of {@link Registrar#register}, INVALID (a source that is no adapter here). The same adapter is the
     * same version.
     */
    Uni<ObjectNode> create(Parameters told, Caller caller) {
        String model = told.model();
        ModelSource source = ModelSource.parse(told.required("source"));
        Map<String, String> remarks = new LinkedHashMap<>(told.tags());
        if (source instanceof ModelSource.Registered) {
            // A client that copies a version sends what it was told of it, too.
            remarks.keySet().removeIf(key -> key.startsWith(Tags.KNOWN));
        }
        Version.Builder asked = asked(model, told, remarks);
        if (!told.text("description").isEmpty()) {
            remarks.put(Tags.DESCRIPTION, told.text("description"));
        }
        Tags.requireFree(remarks);
        return models.get("models/" + model)
                .chain(() -> digest(source))
                .chain(digest -> adapters.base(digest).map(base -> asked.setBaseDigest(base)
                        .setArtifact(asked.getArtifactBuilder().setDigest(digest.toString()))
                        .build()))
                .chain(version -> caller.trace(() -> registrar.register(CreateVersionRequest.newBuilder()
                        .setParent("models/" + model)
                        .setVersion(version)
                        .setActor(caller.actor())
                        .build())))
                .map(ModelVersions::nameOf)
                .call(name -> tags.set(name, remarks, caller))
                .chain(this::get);
    }

    Uni<ObjectNode> get(VersionName name) {
        return transactions.in(() -> Versions.require(name)
                .chain(entity -> describe(List.of(entity)))
                .map(List::getFirst));
    }

    Uni<ObjectNode> getByAlias(String model, String alias) {
        if (!VersionRef.ALIAS.matcher(alias).matches()) {
            throw new RegistryException(
                    Kind.NOT_FOUND, "models/%s has no alias \"%.80s\"; aliases begin with a letter", model, alias);
        }
        return versions.get("models/%s/versions/%s".formatted(model, alias))
                .map(ModelVersions::nameOf)
                .chain(this::get);
    }

    Uni<ObjectNode> update(VersionName name, String description, Caller caller) {
        return tags.describe(name, description, caller).chain(() -> get(name));
    }

    Uni<String> downloadUri(VersionName name) {
        return versions.get(name.resource()).map(ModelJson::address);
    }

    /** Within a transaction: versions with their aliases, verdicts and remarks, in the same order. */
    static Uni<List<ObjectNode>> describe(List<VersionEntity> entities) {
        Set<String> models =
                Set.copyOf(entities.stream().map(entity -> entity.model).toList());
        Set<Integer> numbers =
                Set.copyOf(entities.stream().map(entity -> entity.number).toList());
        return entities.isEmpty()
                ? Uni.createFrom().item(List.of())
                : AliasMoveEntity.current(models)
                        .chain(aliases -> TagEntity.of(models, numbers).map(remarks -> entities.stream()
                                .map(entity -> ModelJson.version(entity, Versions.toProto(entity, aliases), remarks))
                                .toList()));
    }

    private Uni<ContentDigest> digest(ModelSource source) {
        return switch (source) {
            case ModelSource.Registered registered ->
                versions.get(registered.version())
                        .map(version ->
                                ContentDigest.parse(version.getArtifact().getDigest()));
            case ModelSource.Here here ->
                switch (here.path()) {
                    case ArtifactPath.Archive archive -> Uni.createFrom().item(archive.digest());
                    case ArtifactPath.Staged staged ->
                        adapters.pack(staged.path()).map(packed -> ContentDigest.parse(packed.getDigest()));
                    case ArtifactPath.Member member ->
                        throw new RegistryException(
                                Kind.INVALID,
                                "the source is one file, %s; name the directory of the adapter",
                                member.file());
                };
        };
    }

    /** Takes the tags out that are no remarks but say what the version is. */
    private static Version.Builder asked(String model, Parameters told, Map<String, String> remarks) {
        Version.Builder version = Version.newBuilder();
        String parent = remarks.remove(PARENT);
        if (parent != null && !parent.isBlank()) {
            version.setParent(
                    parent.startsWith("models/") ? parent : "models/%s/versions/%s".formatted(model, parent.strip()));
            VersionRef.parse(version.getParent());
        }
        Stream.of(Objects.requireNonNullElse(remarks.remove(FACTS), "").split(","))
                .map(String::strip)
                .filter(fact -> !fact.isEmpty())
                .forEach(version::addFacts);
        version.putTraining("technique", "registered through MLflow");
        tell(version, ModelJson.TOLD_SOURCE, told.text("source"));
        tell(version, ModelJson.TOLD_RUN, told.text("run_id"));
        tell(version, ModelJson.TOLD_RUN_LINK, told.text("run_link"));
        return version;
    }

    private static void tell(Version.Builder version, String key, String value) {
        if (value.length() > LONGEST_REMARK) {
            throw new RegistryException(
                    Kind.INVALID, "%s has %d characters; write %d at most", key, value.length(), LONGEST_REMARK);
        }
        if (!value.isEmpty()) {
            version.putTraining(key, value);
        }
    }

    private static VersionName nameOf(Version version) {
        return switch (VersionRef.parse(version.getName())) {
            case VersionRef.Numbered numbered -> new VersionName(numbered.model(), numbered.number());
            case VersionRef.Bare bare -> throw new IllegalStateException(bare + " is no registered version");
            case VersionRef.Aliased aliased -> throw new IllegalStateException(aliased + " is no version's own name");
        };
    }
}
