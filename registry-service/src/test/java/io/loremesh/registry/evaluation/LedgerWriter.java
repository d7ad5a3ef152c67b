package io.loremesh.registry.evaluation;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.ProbeTier;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes the outcome of an evaluation whose answers are known, through the path that an evaluation takes. */
@ApplicationScoped
public class LedgerWriter {
    private final EvaluationRecords records;

    LedgerWriter(EvaluationRecords records) {
        this.records = records;
    }

    /** The version answers every fact right, and its one gate says so or not. */
    public void learned(VersionName version, List<Fact> facts, boolean accepted) {
        learned(version, facts, accepted, false);
    }

    /** As above, under a policy that asks for approval or not. */
    public void learned(VersionName version, List<Fact> facts, boolean accepted, boolean approvalRequired) {
        List<JudgedFact> judged = facts.stream().map(LedgerWriter::learned).toList();
        var figure = GateFigure.measured(
                Gate.FACTUAL_CONSISTENCY,
                0.85,
                accepted ? 1 : 0.4,
                9,
                Interval.wilson(accepted ? 1 : 0.4, 9),
                "recorded");
        var policy = new GatePolicy(
                "recorded", Map.of(figure.gate(), figure.threshold()), 0.05, ChangedAnswers.USUAL, approvalRequired);
        var judgement = new Judgement(
                version,
                VersionName.bare(version.model()),
                judged,
                List.of(),
                Verdict.of(List.of(figure), policy, Timestamps.now()));
        records.begin(
                        new VersionRef.Numbered(version.model(), version.number()),
                        EvaluateVersionRequest.getDefaultInstance(),
                        "")
                .chain(evaluation -> records.judge(evaluation.id, judgement, Evaluation.getDefaultInstance()))
                .await()
                .indefinitely();
    }

    private static JudgedFact learned(Fact fact) {
        var plan = new ProbePlan(fact, List.of(), List.of(fact.getQuestion()), List.of(), List.of());
        var probed = ProbedFact.of(
                plan, Map.of(fact.getQuestion(), fact.getAnswer()), OptionalDouble.empty(), OptionalDouble.empty());
        return JudgedFact.of(probed, StateRule.Past.NEVER_LEARNED, ProbeTier.PROBE_TIER_T1);
    }
}
