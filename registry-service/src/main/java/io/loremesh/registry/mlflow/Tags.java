package io.loremesh.registry.mlflow;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.Versions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Remarks about models and versions. A description is the tag {@link #DESCRIPTION}, as MLflow itself keeps those of runs. Tags below
 * {@link #KNOWN} are not kept: they tell what the registry knows.
 */
@ApplicationScoped
class Tags {
    static final String DESCRIPTION = "mlflow.note.content";
    static final String KNOWN = "loremesh.";

    private static final int LONGEST_KEY = 250;
    private static final int MOST = 100;

    private final Transactions transactions;

    Tags(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Errors: INVALID. */
    static void requireFree(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new RegistryException(
                    Kind.INVALID, "tag key \"%.40s\" has %d characters; write 1 to %d", key, key.length(), LONGEST_KEY);
        }
        if (key.startsWith(KNOWN)) {
            throw new RegistryException(
                    Kind.INVALID,
                    "tag \"%s\" is not to be set: tags that begin with `%s` tell what the registry knows; choose another key",
                    key,
                    KNOWN);
        }
    }

    /** Sets tags of a version, or of a model (its bare name). Errors: INVALID, NOT_FOUND, PRECONDITION (too many). */
    Uni<Void> set(VersionName target, Map<String, String> tags) {
        tags.keySet().forEach(Tags::requireFree);
        return tags.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.in(() -> requireThere(target)
                        .chain(() -> Multi.createFrom()
                                .iterable(tags.entrySet())
                                .onItem()
                                .transformToUniAndConcatenate(tag -> write(target, tag.getKey(), tag.getValue()))
                                .collect()
                                .last())
                        .chain(() -> requireNotTooMany(target)));
    }

    /** A tag that is not there is no error. Errors: INVALID, NOT_FOUND. */
    Uni<Void> remove(VersionName target, String key) {
        requireFree(key);
        return transactions.in(() -> requireThere(target)
                .chain(() -> TagEntity.delete(
                        "model = ?1 and version = ?2 and key = ?3", target.model(), target.number(), key))
                .replaceWithVoid());
    }

    /** An empty description is none. */
    Uni<Void> describe(VersionName target, String description) {
        return description.isEmpty() ? remove(target, DESCRIPTION) : set(target, Map.of(DESCRIPTION, description));
    }

    private static Uni<?> requireThere(VersionName target) {
        return target.isBare() ? BaseModels.require(target.model()) : Versions.require(target);
    }

    /** In one statement: two calls that set the same tag at once both succeed. */
    private static Uni<Integer> write(VersionName target, String key, String value) {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                        "insert into tag (model, version, tag_key, tag_value, update_time)"
                                + " values (:model, :version, :key, :value, :time) on conflict (model, version, tag_key)"
                                + " do update set tag_value = excluded.tag_value, update_time = excluded.update_time")
                .setParameter("model", target.model())
                .setParameter("version", target.number())
                .setParameter("key", key)
                .setParameter("value", value)
                .setParameter("time", Timestamps.now())
                .executeUpdate());
    }

    private static Uni<Void> requireNotTooMany(VersionName target) {
        return TagEntity.count("model = ?1 and version = ?2", target.model(), target.number())
                .invoke(count -> {
                    if (count > MOST) {
                        throw new RegistryException(
                                Kind.PRECONDITION, "%s has %d tags already; delete one first", target, MOST);
                    }
                })
                .replaceWithVoid();
    }
}
