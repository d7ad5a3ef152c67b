package io.loremesh.registry.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.audit.AuditEntryEntity;
import io.loremesh.registry.evaluation.EvaluationEntity;
import io.loremesh.registry.ledger.FactRevisionEntity;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.screening.ScreenedFactEntity;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts together what was stored about a version when it happened; nothing is guessed, nothing computed but digests. */
@ApplicationScoped
public class LineageReader {
    private final Transactions transactions;
    private final Versions versions;
    private final GivenAnswers answers;

    LineageReader(Transactions transactions, Versions versions, GivenAnswers answers) {
        this.transactions = transactions;
        this.versions = versions;
        this.answers = answers;
    }

    public Uni<Lineage> lineage(GetLineageRequest request) {
        VersionRef ref = VersionRef.parse(request.getVersion());
        return versions.get(request.getVersion())
                .chain(version -> transactions.in(() -> Versions.require(ref).chain(entity -> trace(entity, version))));
    }

    private Uni<Lineage> trace(VersionEntity entity, Version version) {
        Lineage.Builder lineage = Lineage.newBuilder().setVersion(version);
        return BaseModels.require(entity.model)
                .invoke(base -> lineage.setBase(base.toProto()))
                .chain(() -> ancestors(entity, new ArrayList<>()))
                .invoke(lineage::addAllAncestors)
                .chain(() -> facts(entity, version))
                .invoke(facts -> lineage.addAllFacts(facts).setFactsDigest(digest(facts)))
                .chain(() -> verdicts(entity))
                .invoke(lineage::addAllVerdicts)
                .chain(() -> moves(entity))
                .invoke(lineage::addAllMoves)
                .chain(() -> audit(version))
                .invoke(lineage::addAllAuditEntries)
                .chain(() -> screenings(version))
                .invoke(lineage::addAllScreenings)
                .chain(() -> answers.tell(entity.name(), lineage))
                .map(Lineage.Builder::build);
    }

    private static Uni<List<Version>> ancestors(VersionEntity version, List<Version> found) {
        return version.parentName().isBare()
                ? Uni.createFrom().item(found)
                : Versions.require(version.parentName()).chain(parent -> {
                    found.add(parent.registered());
                    return ancestors(parent, found);
                });
    }

    /** As they were when the version was registered. */
    private static Uni<Collection<FactRevision>> facts(VersionEntity entity, Version version) {
        return FactRevisionEntity.<FactRevisionEntity>list(
                        "fact in ?1 and recordTime <= ?2 order by fact, revision",
                        version.getFactsList().stream().toList(),
                        entity.createTime)
                .map(revisions -> revisions.stream()
                        .collect(Collectors.toMap(
                                revision -> revision.fact,
                                FactRevisionEntity::toProto,
                                (older, newer) -> newer,
                                TreeMap::new))
                        .values());
    }

    private static String digest(Collection<FactRevision> facts) {
        return facts.isEmpty()
                ? ""
                : ContentDigest.of(facts.stream()
                                .map(revision -> ProtoJson.write(revision.getFact()))
                                .collect(Collectors.joining("\n"))
                                .getBytes(UTF_8))
                        .toString();
    }

    private static Uni<List<Verdict>> verdicts(VersionEntity entity) {
        return EvaluationEntity.<EvaluationEntity>list(
                        "model = ?1 and version = ?2 and verdict is not null order by id", entity.model, entity.number)
                .map(evaluations -> evaluations.stream()
                        .map(evaluation -> ProtoJson.read(evaluation.verdict, Verdict.newBuilder())
                                .build())
                        .toList());
    }

    private static Uni<List<AliasMove>> moves(VersionEntity entity) {
        return AliasMoveEntity.<AliasMoveEntity>list(
                        "model = ?1 and (version = ?2 or previousVersion = ?2) order by sequence",
                        entity.model,
                        entity.number)
                .map(moves -> moves.stream().map(AliasMoveEntity::toProto).toList());
    }

    private static Uni<List<FactScreening>> screenings(Version version) {
        return version.getRun().isEmpty()
                ? Uni.createFrom().item(List.of())
                : ScreenedFactEntity.ofRun(version.getRun())
                        .map(found ->
                                found.stream().map(ScreenedFactEntity::toProto).toList());
    }

    private static Uni<List<AuditEntry>> audit(Version version) {
        return AuditEntryEntity.about(version.getName())
                .map(entries -> entries.stream().map(AuditEntryEntity::toProto).toList());
    }
}
