package io.loremesh.registry.version;

import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.ListVersionsResponse;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.resource.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The versions of each model as they were registered, with their aliases and verdicts. */
@ApplicationScoped
public class Versions {
    private static final int DEFAULT_PAGE = 50;

    private final Transactions transactions;

    Versions(Transactions transactions) {
        this.transactions = transactions;
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

    static Uni<Version> withAliases(VersionEntity entity) {
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
}
