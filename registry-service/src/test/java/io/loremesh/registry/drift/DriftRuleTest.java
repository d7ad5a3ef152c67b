package io.loremesh.registry.drift;

import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_ROLLED_BACK;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_STEADY;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_UNMEASURED;
import static io.loremesh.proto.registry.v1.DriftFinding.DRIFT_FINDING_WARNED;
import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_LIVE_CHANGE;
import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_PROBE_CHANGE;
import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_PROBE_DIVERGENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.registry.v1.DriftFigure;
import io.loremesh.proto.registry.v1.DriftKind;
import io.loremesh.registry.drift.DriftRule.Judgement;
import io.loremesh.registry.drift.Figure.Replay;
import io.loremesh.registry.evaluation.ChangedAnswers;
import io.loremesh.registry.evaluation.Gate;
import io.loremesh.registry.evaluation.GatePolicy;
import io.loremesh.registry.evaluation.Interval;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftRuleTest {
    private static final int LEAST_LIVE = 20;

    private static final GatePolicy POLICY =
            new GatePolicy("default", Map.of(Gate.DRIFT, 0.20), 0.05, new ChangedAnswers(0.20, 0.05), false);

    private static Judgement judge(Figure... figures) {
        return new DriftRule(POLICY, LEAST_LIVE).judge(List.of(figures));
    }

    private static Figure figure(DriftKind kind, double value, double baseline, int n) {
        return new Figure(kind, value, baseline, n, new Interval(value, value));
    }

    private static Figure divergence(double value, double baseline) {
        return figure(DRIFT_KIND_PROBE_DIVERGENCE, value, baseline, 40);
    }

    @Test
    void theDriftGateOfThePolicyIsTheLimit() {
        assertThat(judge(divergence(0.04, 0.02)).finding()).isEqualTo(DRIFT_FINDING_STEADY);
        assertThat(judge(divergence(0.20, 0.02)).finding()).isEqualTo(DRIFT_FINDING_WARNED);
        Judgement crossed = judge(divergence(0.21, 0.02));
        assertThat(crossed.asksForRollback()).isTrue();
        assertThat(crossed.detail())
                .isEqualTo("mean KL to the parent on neutral questions is 0.210, at promotion 0.020, warning 0.050,"
                        + " limit 0.200, n 40");
    }

    @Test
    void aVersionThatAPersonForcedPastTheGateIsHeldToItsOwnFigure() {
        assertThat(judge(divergence(0.50, 0.50)).finding()).isEqualTo(DRIFT_FINDING_WARNED);
        assertThat(judge(divergence(0.56, 0.50)).finding()).isEqualTo(DRIFT_FINDING_ROLLED_BACK);
    }

    @Test
    void aPolicyWithoutTheDriftGateJudgesNothing() {
        var policy = new GatePolicy("lenient", Map.of(Gate.LATENCY, 500.0), 0.05, ChangedAnswers.USUAL, false);
        Judgement judgement = new DriftRule(policy, LEAST_LIVE)
                .judge(List.of(divergence(3, 0.02), figure(DRIFT_KIND_PROBE_CHANGE, 1, 0, 80)));
        assertThat(judgement.finding()).isEqualTo(DRIFT_FINDING_STEADY);
        assertThat(judgement.figures()).hasSize(2).noneMatch(DriftFigure::hasLimit);
    }

    @Test
    void changedAnswersCrossALimitOfTheirOwn() {
        assertThat(judge(divergence(0, 0), figure(DRIFT_KIND_PROBE_CHANGE, 0.21, 0, 80))
                        .detail())
                .startsWith("share of changed answers to the probes is 0.210");
        assertThat(judge(figure(DRIFT_KIND_PROBE_CHANGE, 0.06, 0, 80)).finding())
                .isEqualTo(DRIFT_FINDING_WARNED);
    }

    @Test
    void theSharesOfChangedAnswersAreThePolicys() {
        var strict = new GatePolicy("strict", Map.of(Gate.DRIFT, 0.20), 0.05, new ChangedAnswers(0.04, 0.01), false);
        assertThat(new DriftRule(strict, LEAST_LIVE)
                        .judge(List.of(figure(DRIFT_KIND_PROBE_CHANGE, 0.05, 0, 80)))
                        .finding())
                .isEqualTo(DRIFT_FINDING_ROLLED_BACK);
    }

    @Test
    void usersQuestionsAreASampleAndCrossALimitWithTheirWholeInterval() {
        var unsure = new Figure(DRIFT_KIND_LIVE_CHANGE, 0.25, 0, 40, new Interval(0.14, 0.40));
        Judgement judgement = judge(unsure);
        assertThat(judgement.finding()).isEqualTo(DRIFT_FINDING_WARNED);
        assertThat(judgement.detail()).endsWith("limit 0.200, n 40, interval 0.140 to 0.400");
        var sure = new Figure(DRIFT_KIND_LIVE_CHANGE, 0.35, 0, 40, new Interval(0.22, 0.50));
        assertThat(judge(sure).finding()).isEqualTo(DRIFT_FINDING_ROLLED_BACK);
    }

    @Test
    void aFewUsersQuestionsJudgeNothing() {
        assertThat(judge(figure(DRIFT_KIND_LIVE_CHANGE, 1, 0, 19)).finding()).isEqualTo(DRIFT_FINDING_STEADY);
        assertThat(judge(figure(DRIFT_KIND_LIVE_CHANGE, 1, 0, 20)).finding()).isEqualTo(DRIFT_FINDING_ROLLED_BACK);
    }

    @Test
    void withoutAFigureNothingIsKnownAndNothingDone() {
        assertThat(judge().finding()).isEqualTo(DRIFT_FINDING_UNMEASURED);
        assertThat(judge().asksForRollback()).isFalse();
    }

    @Test
    void figuresAreMeansOverTokensAndSharesOfAnswers() {
        Figure mean = Figure.divergence(
                        DRIFT_KIND_PROBE_DIVERGENCE, List.of(new double[] {0.1, 0.2, 0.3}, new double[] {0.6}), 0)
                .orElseThrow();
        assertThat(mean.value()).isEqualTo(0.3);
        assertThat(mean.n()).isEqualTo(2);
        assertThat(Figure.divergence(DRIFT_KIND_PROBE_DIVERGENCE, Collections.nCopies(3, new double[0]), 0))
                .isEmpty();
        assertThat(Figure.change(
                                DRIFT_KIND_PROBE_CHANGE,
                                List.of(new Replay("Apples.", "apples"), new Replay("apples", "pears")))
                        .orElseThrow()
                        .value())
                .as("full stops and capitals are no change")
                .isEqualTo(0.5);
    }
}
