package io.loremesh.registry.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.events.EventType;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.artifact.Artifacts;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.audit.AuditLog;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.GroupCommit;
import io.loremesh.registry.outbox.Outbox;
import io.loremesh.registry.outbox.Outbox.Happened;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Registers versions: numbered from 1 in the order of their coming, and the same adapter never twice. */
@ApplicationScoped
public class Registrar {
    private static final int ROWS_AT_ONCE = 50;

    private final Outbox outbox;
    private final Artifacts artifacts;
    private final AuditLog audit;
    private final GroupCommit<Registration, Version> group = new GroupCommit<>(this::registerAll);

    Registrar(Outbox outbox, Artifacts artifacts, AuditLog audit) {
        this.outbox = outbox;
        this.artifacts = artifacts;
        this.audit = audit;
    }

    /**
     * What is asked for, checked as far as that goes without the database.
     *
     * @param parent of the same model
     */
    record Registration(
            String model, Version asked, ContentDigest digest, VersionRef parent, String actor, String trace) {
        static Registration of(CreateVersionRequest request) {
            String model = VersionRef.model(request.getParent());
            Version asked = request.getVersion();
            return new Registration(
                    model,
                    asked,
                    ContentDigest.parse(asked.getArtifact().getDigest()),
                    parentOf(model, asked),
                    request.getActor().isEmpty() ? asked.getRun() : request.getActor(),
                    CallTrace.current());
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

        private void requireBase(BaseModelEntity base) {
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
    }

    /** Errors: INVALID, NOT_FOUND (model, artifact or parent), PRECONDITION (another model's parent, another base). */
    public Uni<Version> register(CreateVersionRequest request) {
        return group.join(Registration.of(request));
    }

    private Uni<List<Uni<Version>>> registerAll(List<Registration> asked) {
        return outbox.commit(() -> Transactions.lockAndAsk(Lock.VERSIONS, () -> RegistrationGround.of(asked))
                .chain(ground -> {
                    var added = new ArrayList<Added>();
                    return Multi.createFrom()
                            .iterable(asked)
                            .onItem()
                            .transformToUniAndConcatenate(one -> answer(one, ground, added)
                                    .map(version -> Uni.createFrom().item(version))
                                    .onFailure(RegistryException.class)
                                    .recoverWithItem(refusal -> Uni.createFrom().failure(refusal)))
                            .collect()
                            .asList()
                            .call(() -> added.isEmpty() ? Uni.createFrom().voidItem() : write(added));
                }));
    }

    /** A version that is new, with what is to be told of it. */
    private record Added(VersionEntity entity, Version version, Audited audited) {}

    private Uni<Version> answer(Registration asked, RegistrationGround ground, List<Added> added) {
        return BaseModels.require(asked.model()).invoke(asked::requireBase).chain(() -> ground.sameArtifact(asked)
                .map(Versions::withAliases)
                .orElseGet(() -> artifacts.require(asked.digest()).chain(artifact -> Versions.resolve(asked.parent())
                        .map(parent -> {
                            var time = Timestamps.now();
                            var name = new VersionName(asked.model(), ground.nextNumber(asked.model()));
                            Version version = asked.asked().toBuilder()
                                    .setName(name.resource())
                                    .setParent(parent.resourceOrEmpty())
                                    .setArtifact(artifact)
                                    .setCreateTime(Timestamps.of(time))
                                    .clearAliases()
                                    .clearVerdict()
                                    .build();
                            var entity = new VersionEntity();
                            entity.model = name.model();
                            entity.number = name.number();
                            entity.parent = parent.number();
                            entity.artifactDigest = asked.digest().toString();
                            entity.createTime = time;
                            entity.content = ProtoJson.write(version);
                            ground.add(entity);
                            added.add(new Added(entity, version, audited(asked, version, parent, entity)));
                            return version;
                        }))));
    }

    /** None of the three waits for another: their statements are sent together. */
    private Uni<Void> write(List<Added> added) {
        return Uni.combine()
                .all()
                .unis(
                        Panache.getSession()
                                .invoke(session -> session.setBatchSize(ROWS_AT_ONCE))
                                .call(session -> session.persistAll(
                                        added.stream().map(Added::entity).toArray()))
                                .chain(session -> session.flush()),
                        outbox.add(added.stream()
                                .map(one -> new Happened(
                                        EventType.VERSION_REGISTERED,
                                        one.version().getName(),
                                        one.version()))
                                .toList()),
                        audit.add(added.stream().map(Added::audited).toList()))
                .collectFailures()
                .discardItems();
    }

    private static Audited audited(Registration asked, Version version, VersionName parent, VersionEntity entity) {
        return new Audited(
                AuditAction.AUDIT_ACTION_VERSION_REGISTERED,
                version.getName(),
                asked.actor(),
                "",
                Map.of(
                        "artifact", version.getArtifact().getDigest(),
                        "base", version.getBaseDigest(),
                        "parent", parent.resource(),
                        "run", version.getRun(),
                        "facts", String.valueOf(version.getFactsCount()),
                        "content_digest",
                                ContentDigest.of(entity.content.getBytes(UTF_8)).toString()),
                asked.trace());
    }
}
