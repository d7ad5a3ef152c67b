package io.loremesh.registry.evaluation;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.registry.ledger.FactEntity;
import io.loremesh.registry.ledger.FactRevisionEntity;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what the registry knows of a version before it is asked. */
@ApplicationScoped
class SubjectReader {
    private final Transactions transactions;

    SubjectReader(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Errors: NOT_FOUND. */
    Uni<Subject> read(VersionName name) {
        return transactions.in(() -> Versions.require(name).chain(version -> FactEntity.current()
                .chain(facts -> oldAnswers().chain(old -> byFact(version.name())
                        .chain(own -> byFact(version.parentName()).chain(parent -> ancestors(version)
                                .map(ancestors -> new Subject(
                                        version.name(),
                                        version.parentName(),
                                        version.artifactDigest,
                                        byName(facts, FactEntity::fact),
                                        byName(facts, fact -> fact.revision),
                                        version.registered().getFactsList(),
                                        recordedBefore(version.createTime, facts),
                                        old,
                                        own,
                                        parent,
                                        ancestors))))))));
    }

    /** Names of facts that were last changed before a moment. */
    private static Set<String> recordedBefore(Instant time, List<FactEntity> facts) {
        return facts.stream()
                .filter(fact -> fact.recordTime.isBefore(time))
                .map(fact -> fact.name)
                .collect(Collectors.toSet());
    }

    /** Answers of superseded revisions, newest first, by fact. */
    private static Uni<Map<String, List<String>>> oldAnswers() {
        return FactRevisionEntity.<FactRevisionEntity>list(
                        "from FactRevisionEntity r where exists (select 1 from FactEntity f where f.name = r.fact"
                                + " and not f.retracted and f.revision > r.revision) order by r.fact, r.revision desc")
                .map(revisions -> revisions.stream()
                        .collect(Collectors.groupingBy(
                                revision -> revision.fact,
                                Collectors.flatMapping(
                                        revision -> FactRules.acceptedAnswers(revision.said()).stream(),
                                        Collectors.toList()))));
    }

    private static Uni<Map<String, LedgerLineEntity>> byFact(VersionName version) {
        return LedgerLineEntity.of(version)
                .map(lines -> lines.stream().collect(Collectors.toMap(line -> line.fact, Function.identity())));
    }

    /** Names of the facts that some ancestor, the bare base included, has learned. */
    private static Uni<Set<String>> ancestors(VersionEntity version) {
        Uni<Set<String>> here = LedgerLineEntity.<LedgerLineEntity>list(
                        "model = ?1 and version = ?2 and state = ?3",
                        version.model,
                        version.parent,
                        KnowledgeState.KNOWLEDGE_STATE_LEARNED)
                .map(lines -> lines.stream().map(line -> line.fact).collect(Collectors.toSet()));
        return version.parentName().isBare()
                ? here
                : here.call(learned -> Versions.require(version.parentName())
                        .chain(SubjectReader::ancestors)
                        .invoke(learned::addAll));
    }

    private static <T> Map<String, T> byName(List<FactEntity> facts, Function<FactEntity, T> what) {
        return facts.stream().collect(Collectors.toMap(fact -> fact.name, what, (a, b) -> a, TreeMap::new));
    }
}
