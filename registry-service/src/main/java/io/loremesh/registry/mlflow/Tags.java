package io.loremesh.registry.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Remarks about models and versions. A description is the tag {@link #DESCRIPTION}, as MLflow itself keeps those of
 * runs. Tags below {@link #KNOWN} are not kept: they tell what the registry knows. Every change is audited; what
 * changes nothing is not.
 */
@ApplicationScoped
class Tags {
    static final String DESCRIPTION = "mlflow.note.content";
    static final String KNOWN = "loremesh.";

    private static final int LONGEST_KEY = 250;
    private static final int MOST = 100;

    /** Longer values stand in the audit log by their digest: the log can never be made smaller. */
    private static final int LONGEST_AUDITED = 250;

    private final Transactions transactions;
    private final AuditLog audit;

    Tags(Transactions transactions, AuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
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
                    "tag \"%s\" is not to be set: tags that begin with `%s` tell what the "
                            + "registry knows; choose another key",
                    key,
                    KNOWN);
        }
    }

    /** As {@link #requireFree(String)}, of tags that come together. Errors: INVALID. */
    static void requireFree(Map<String, String> tags) {
        tags.keySet().forEach(Tags::requireFree);
        if (tags.size() > MOST) {
            throw new RegistryException(Kind.INVALID, "there are %d tags; send %d at most", tags.size(), MOST);
        }
    }

    /** Sets tags of a version, or of a model (its bare name). Errors: INVALID, NOT_FOUND, PRECONDITION (too many). */
    Uni<Void> set(VersionName target, Map<String, String> tags, Caller caller) {
        requireFree(tags);
        return tags.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.in(() -> requireThere(target)
                        .chain(() -> write(target, tags))
                        .call(() -> requireNotTooMany(target))
                        .chain(changed -> Multi.createFrom()
                                .iterable(changed)
                                .onItem()
                                .transformToUniAndConcatenate(tag -> audit.add(set(target, tag, caller)))
                                .collect()
                                .last())
                        .replaceWithVoid());
    }

    /** A tag that is not there is no error. Errors: INVALID, NOT_FOUND. */
    Uni<Void> remove(VersionName target, String key, Caller caller) {
        requireFree(key);
        return transactions.in(() -> requireThere(target)
                .chain(() -> TagEntity.delete(
                        "model = ?1 and version = ?2 and key = ?3", target.model(), target.number(), key))
                .chain(removed -> removed == 0
                        ? Uni.createFrom().voidItem()
                        : audit.add(audited(AuditAction.AUDIT_ACTION_TAG_DELETED, target, Map.of("key", key), caller))
                                .replaceWithVoid()));
    }

    /** An empty description is none. */
    Uni<Void> describe(VersionName target, String description, Caller caller) {
        return description.isEmpty()
                ? remove(target, DESCRIPTION, caller)
                : set(target, Map.of(DESCRIPTION, description), caller);
    }

    private static Audited set(VersionName target, Map.Entry<String, String> tag, Caller caller) {
        String value = tag.getValue();
        return audited(
                AuditAction.AUDIT_ACTION_TAG_SET,
                target,
                value.length() <= LONGEST_AUDITED
                        ? Map.of("key", tag.getKey(), "value", value)
                        : Map.of(
                                "key",
                                tag.getKey(),
                                "value_digest",
                                ContentDigest.of(value.getBytes(UTF_8)).toString()),
                caller);
    }

    private static Audited audited(AuditAction action, VersionName target, Map<String, String> details, Caller caller) {
        return new Audited(action, target.resource(), caller.actor(), "", details, caller.traceId());
    }

    private static Uni<?> requireThere(VersionName target) {
        return target.isBare() ? BaseModels.require(target.model()) : Versions.require(target);
    }

    /**
     * Those that were not so before. In the order of their keys, so that two calls never wait for each other's rows.
     */
    private static Uni<List<Map.Entry<String, String>>> write(VersionName target, Map<String, String> tags) {
        return Multi.createFrom()
                .iterable(new TreeMap<>(tags).entrySet())
                .select()
                .when(tag -> write(target, tag.getKey(), tag.getValue()))
                .collect()
                .asList();
    }

    /** False: it was so before. In one statement: two calls that set the same tag at once both succeed. */
    private static Uni<Boolean> write(VersionName target, String key, String value) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "insert into tag (model, version, tag_key, tag_value, update_time)"
                                        + " values (:model, :version, :key, :value, :time) on "
                                        + "conflict (model, version, tag_key)"
                                        + " do update set tag_value = excluded.tag_value, "
                                        + "update_time = excluded.update_time"
                                        + " where tag.tag_value <> excluded.tag_value")
                        .setParameter("model", target.model())
                        .setParameter("version", target.number())
                        .setParameter("key", key)
                        .setParameter("value", value)
                        .setParameter("time", Timestamps.now())
                        .executeUpdate())
                .map(rows -> rows > 0);
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
