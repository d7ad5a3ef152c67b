package io.loremesh.registry.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.events.EventType;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.ListVersionsResponse;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.artifact.Artifacts;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** The versions of each model: numbered from 1, never changed, the same adapter never registered twice. */
@ApplicationScoped
public class Versions {
    private static final int DEFAULT_PAGE = 50;

    private final Transactions transactions;
    private final Outbox outbox;
    private final Artifacts artifacts;
    private final AuditLog audit;

    Versions(Transactions transactions, Outbox outbox, Artifacts artifacts, AuditLog audit) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.artifacts = artifacts;
        this.audit = audit;
    }

    public Uni<Version> create(CreateVersionRequest request) {
        String model = VersionRef.model(request.getParent());
        Version asked = request.getVersion();
        ContentDigest digest = ContentDigest.parse(asked.getArtifact().getDigest());
        VersionRef parent = parentOf(model, asked);
        String actor = request.getActor().isEmpty() ? asked.getRun() : request.getActor();
        String trace = CallTrace.current();
        return outbox.commit(
                () -> Transactions.lockAndAsk(Lock.VERSIONS, () -> VersionEntity.ground(model, digest.toString()))
                        .chain(ground -> BaseModels.require(model)
                                .invoke(base -> requireBase(base, asked))
                                .chain(() -> ground.sameArtifact()
                                        .map(Versions::withAliases)
                                        .orElseGet(() -> {
                                            var name = new VersionName(model, ground.lastNumber() + 1);
                                            return register(name, asked, digest, parent, actor, trace);
                                        }))));
    }

    public Uni<Version> get(String name) {
        VersionRef ref = VersionRef.parse(name);
        return transactions.in(() -> require(ref).chain(Versions::withAliases));
    }

    public Uni<ListVersionsResponse> list(ListVersionsRequest request) {
        String model = VersionRef.model(request.getParent());
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        int before = (int) page.afterNumber().orElse(Integer.MAX_VALUE);
        return transactions.in(() -> BaseModels.require(model)
                .chain(() -> VersionEntity.<VersionEntity>find(
                                "model = ?1 and number < ?2 order by number desc", model, before)
                        .range(0, page.size())
                        .list())
                .chain(read -> AliasMoveEntity.current(model).map(aliases -> {
                    var slice = page.cut(read, version -> version.number);
                    return ListVersionsResponse.newBuilder()
                            .addAllVersions(slice.rows().stream()
                                    .map(version -> toProto(version, aliases))
                                    .toList())
                            .setNextPageToken(slice.nextToken())
                            .build();
                })));
    }

    /** Within a transaction: the version or bare base that a request means. Errors: NOT_FOUND. */
    public static Uni<VersionName> resolve(VersionRef ref) {
        return switch (ref) {
            case VersionRef.Bare bare -> BaseModels.require(bare.model()).map(base -> VersionName.bare(base.id));
            case VersionRef.Numbered numbered -> require(numbered).map(VersionEntity::name);
            case VersionRef.Aliased aliased ->
                AliasMoveEntity.last(aliased.model(), aliased.alias())
                        .onItem()
                        .ifNull()
                        .failWith(() -> new RegistryException(
                                Kind.NOT_FOUND,
                                "models/%s has no alias \"%s\"; SetAlias makes one",
                                aliased.model(),
                                aliased.alias()))
                        .map(AliasMoveEntity::target);
        };
    }

    /** Within a transaction: a version, not the bare base. Errors: NOT_FOUND, INVALID (the bare base). */
    public static Uni<VersionEntity> require(VersionRef ref) {
        return switch (ref) {
            case VersionRef.Bare bare ->
                throw new RegistryException(
                        Kind.INVALID,
                        "models/%s is the bare base; name a version, `models/%s/versions/{number}`",
                        bare.model(),
                        bare.model());
            case VersionRef.Numbered numbered -> require(new VersionName(numbered.model(), numbered.number()));
            case VersionRef.Aliased aliased ->
                resolve(aliased).chain(name -> {
                    if (name.isBare()) {
                        throw new RegistryException(
                                Kind.NOT_FOUND, "alias \"%s\" points to the bare base %s", aliased.alias(), name);
                    }
                    return require(name);
                });
        };
    }

    /** Within a transaction. Errors: NOT_FOUND. */
    public static Uni<VersionEntity> require(VersionName name) {
        return VersionEntity.of(name)
                .onItem()
                .ifNull()
                .failWith(() -> new RegistryException(
                        Kind.NOT_FOUND, "%s is not registered; ListVersions shows what is", name));
    }

    private static Audited registration(
            Version registered, VersionName parent, String content, String actor, String trace) {
        return new Audited(
                AuditAction.AUDIT_ACTION_VERSION_REGISTERED,
                registered.getName(),
                actor,
                "",
                Map.of(
                        "artifact", registered.getArtifact().getDigest(),
                        "base", registered.getBaseDigest(),
                        "parent", parent.resource(),
                        "run", registered.getRun(),
                        "facts", String.valueOf(registered.getFactsCount()),
                        "content_digest",
                                ContentDigest.of(content.getBytes(UTF_8)).toString()),
                trace);
    }

    private static Uni<Version> withAliases(VersionEntity entity) {
        return AliasMoveEntity.current(entity.model).map(aliases -> toProto(entity, aliases));
    }

    /** A version with its last verdict and, of these aliases, those that point to it. */
    public static Version toProto(VersionEntity entity, List<AliasMoveEntity> aliases) {
        Version.Builder version = entity.registered().toBuilder();
        aliases.stream()
                .filter(move -> move.target().equals(entity.name()))
                .map(move -> move.alias)
                .sorted()
                .forEach(version::addAliases);
        entity.lastVerdict().ifPresent(version::setVerdict);
        return version.build();
    }

    private static VersionRef parentOf(String model, Version asked) {
        VersionRef parent =
                asked.getParent().isEmpty() ? new VersionRef.Bare(model) : VersionRef.parse(asked.getParent());
        if (!parent.model().equals(model)) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "parent %s is not of models/%s; a version grows from its own model",
                    asked.getParent(),
                    model);
        }
        return parent;
    }

    private static void requireBase(BaseModelEntity base, Version asked) {
        String digest = ContentDigest.parse(asked.getBaseDigest()).toString();
        if (!base.digest.equals(digest)) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "the adapter fits base %s, but models/%s is %s; train it on models/%s",
                    digest,
                    base.id,
                    base.digest,
                    base.id);
        }
    }

    /** A version that is new: no alias points to it, and no verdict was given. */
    private Uni<Version> register(
            VersionName name, Version asked, ContentDigest digest, VersionRef parent, String actor, String trace) {
        return artifacts.require(digest).chain(artifact -> resolve(parent).chain(grownFrom -> {
            var time = Timestamps.now();
            Version version = asked.toBuilder()
                    .setName(name.resource())
                    .setParent(grownFrom.resourceOrEmpty())
                    .setArtifact(artifact)
                    .setCreateTime(Timestamps.of(time))
                    .clearAliases()
                    .clearVerdict()
                    .build();
            var entity = new VersionEntity();
            entity.model = name.model();
            entity.number = name.number();
            entity.parent = grownFrom.number();
            entity.artifactDigest = digest.toString();
            entity.createTime = time;
            entity.content = ProtoJson.write(version);
            // None of them waits for another, and their statements are sent together.
            return Uni.combine()
                    .all()
                    .unis(
                            entity.persistAndFlush(),
                            outbox.add(EventType.VERSION_REGISTERED, name.resource(), version),
                            audit.add(registration(version, grownFrom, entity.content, actor, trace)))
                    .collectFailures()
                    .discardItems()
                    .replaceWith(version);
        }));
    }
}
