package io.loremesh.registry.evaluation;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.ProbeTier;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.FactEntity;
import io.loremesh.registry.ledger.FactRevisionEntity;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The full probe of one fact in one version, outside of an evaluation; the ledger gains the line that it lacked. */
@ApplicationScoped
public class FactExamination {
    private static final int MOST_RIVALS = 64;

    private final Transactions transactions;
    private final VersionProbe probe;
    private final EvaluationConfig config;
    private final FactProbe asking;

    FactExamination(Transactions transactions, VersionProbe probe, EvaluationConfig config) {
        this.transactions = transactions;
        this.probe = probe;
        this.config = config;
        this.asking = new FactProbe(probe);
    }

    /**
     * Probes, and writes the line unless somebody else did meanwhile.
     *
     * @param learnedBefore an ancestor of the version had learned the fact
     * @return the line as it is in the ledger. Errors: NOT_FOUND (no such fact), UNAVAILABLE (generator away)
     */
    public Uni<LedgerLineEntity> examine(VersionName version, String fact, boolean learnedBefore) {
        var past = learnedBefore ? StateRule.Past.LEARNED_IN_ANCESTOR : StateRule.Past.NEVER_LEARNED;
        return transactions
                .in(() -> plan(fact))
                .call(() -> probe.load(version))
                .chain(plan -> asking.ask(version, plan, plan.judged())
                        .map(found -> JudgedFact.of(FactProbe.probed(plan, found), past, ProbeTier.PROBE_TIER_T1)))
                .chain(judged -> transactions.in(Lock.LEDGER, () -> write(version, judged)));
    }

    private Uni<ProbePlan> plan(String name) {
        return FactEntity.<FactEntity>findById(name)
                .onItem()
                .ifNull()
                .failWith(() -> new RegistryException(Kind.NOT_FOUND, "there is no fact \"%s\"", name))
                .chain(fact -> before(fact).chain(old -> rivals(fact)
                        .map(rivals -> ProbePlan.of(fact.fact(), new Rivals(rivals), old, config))));
    }

    private static Uni<List<String>> before(FactEntity fact) {
        return FactRevisionEntity.<FactRevisionEntity>list(
                        "fact = ?1 and revision < ?2 order by revision desc", fact.name, fact.revision)
                .map(revisions -> revisions.stream()
                        .flatMap(revision -> FactRules.acceptedAnswers(revision.said()).stream())
                        .toList());
    }

    /** Enough of the same relation, and of the same language, to find wrong answers among. */
    private static Uni<List<Fact>> rivals(FactEntity fact) {
        return FactEntity.<FactEntity>find(
                        "from FactEntity f where not f.retracted and f.language = ?1 and f.name <> ?2"
                                + " order by case when f.relation = ?3 then 0 else 1 end, f.name",
                        fact.language,
                        fact.name,
                        fact.relation)
                .range(0, MOST_RIVALS)
                .list()
                .map(facts -> facts.stream().map(FactEntity::fact).toList());
    }

    private static Uni<LedgerLineEntity> write(VersionName version, JudgedFact judged) {
        var time = Timestamps.now();
        LedgerLineEntity line = LedgerLineEntity.of(version, judged.toEntry(version, time), time);
        return LedgerLineEntity.find(version, line.fact)
                .chain(there -> there == null
                        ? line.<LedgerLineEntity>persist()
                        : Uni.createFrom().item(there));
    }
}
