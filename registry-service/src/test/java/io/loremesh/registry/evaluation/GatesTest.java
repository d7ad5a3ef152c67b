package io.loremesh.registry.evaluation;

import static io.loremesh.registry.evaluation.Recorded.judged;
import static io.loremesh.registry.evaluation.Recorded.measurements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final JudgedFact LEARNED = judged("city", "Beijing", "Beijing", "beijing", "Beijing", "Beijing");
    private static final JudgedFact HALF = judged("age", "10", "10", "10", "9", "unknown");

    private static GateFigure figure(Gate gate, double threshold, Measurements found) {
        return Gates.measure(new GatePolicy("test", Map.of(gate, threshold), 0.05, ChangedAnswers.USUAL, false), found)
                .getFirst();
    }

    @Test
    void factualConsistencyIsTheMeanAccuracyOfTheFactsTrainedOn() {
        GateFigure figure = figure(Gate.FACTUAL_CONSISTENCY, 0.85, measurements(LEARNED, HALF));
        assertThat(figure.value()).hasValue(0.75);
        assertThat(figure.n()).isEqualTo(2);
        assertThat(figure.passed()).isFalse();
        assertThat(figure.reason()).contains("0.750", "at least 0.850");
    }

    @Test
    void aVersionThatNamesNoFactsCannotBeMeasuredAndIsNotPassed() {
        GateFigure figure = figure(Gate.FACTUAL_CONSISTENCY, 0.85, trainedOn(Set.of(), measurements(LEARNED)));
        assertThat(figure.value()).isEmpty();
        assertThat(figure.passed()).isFalse();
    }

    @Test
    void theExtractionGapComparesTrainedWithHeldoutPhrasings() {
        GateFigure figure = figure(Gate.EXTRACTION_GAP, 0.10, measurements(LEARNED, HALF));
        assertThat(figure.value().getAsDouble()).isCloseTo(0.25, within(1e-9));
        assertThat(figure.passed()).isFalse();
    }

    @Test
    void nothingLearnedAtTheParentIsNothingToForget() {
        GateFigure figure = figure(Gate.FORGETTING, 0.02, measurements(LEARNED));
        assertThat(figure.passed()).isTrue();
        assertThat(figure.n()).isZero();
        assertThat(figure.detail()).contains("models/demo has learned no fact");
    }

    @Test
    void forgettingIsTheAccuracyThatTheParentsFactsLose() {
        var found = measurements(LEARNED, HALF);
        var withPast = new Measurements(
                found.parent(),
                found.facts(),
                found.trainedOn(),
                0,
                Map.of("facts/age", 1.0, "facts/city", 1.0),
                found.neighbours(),
                found.unknowable(),
                found.times(),
                found.divergences(),
                found.parentFacts());
        GateFigure figure = figure(Gate.FORGETTING, 0.02, withPast);
        assertThat(figure.value().getAsDouble()).isCloseTo(0.25, within(1e-9));
        assertThat(figure.passed()).isFalse();
    }

    @Test
    void localityIsTheShareOfNeighboursAnswersThatStay() {
        GateFigure none = figure(Gate.LOCALITY, 0.95, measurements(LEARNED));
        assertThat(none.passed()).isTrue();
        assertThat(none.n()).isZero();

        var moved = List.of(new AnswerPair("a?", "Cat.", "cat"), new AnswerPair("b?", "dog", "cow"));
        GateFigure half = figure(Gate.LOCALITY, 0.95, with(moved, List.of(), measurements(LEARNED)));
        assertThat(half.value()).hasValue(0.5);
        assertThat(half.passed()).isFalse();
    }

    @Test
    void hallucinationIsTheRiseOfAnswersToUnknowableQuestions() {
        var asked = List.of(
                new AnswerPair("a?", "unknown", "Paris"),
                new AnswerPair("b?", "red", "blue"),
                new AnswerPair("c?", "不知道", "不知道"),
                new AnswerPair("d?", "不知道", "不知道"));
        GateFigure figure = figure(Gate.HALLUCINATION, 0.05, with(List.of(), asked, measurements(LEARNED)));
        assertThat(figure.value()).hasValue(0.25);
        assertThat(figure.interval())
                .hasValueSatisfying(bounds -> assertThat(bounds.low()).isLessThan(0.25));
        assertThat(figure.passed()).isFalse();
    }

    @Test
    void overRefusalCountsAbstentionsOnLearnedFacts() {
        JudgedFact shy = judged("food", "meat", "meat", "meat", "meat", "unknown");
        GateFigure figure = figure(Gate.OVER_REFUSAL, 0.05, measurements(LEARNED, shy));
        assertThat(figure.value()).hasValue(0.125);
        assertThat(figure.n()).isEqualTo(8);
    }

    @Test
    void latencyIsThe95thPercentile() {
        var found = measurements(LEARNED);
        var timed = new Measurements(
                found.parent(),
                found.facts(),
                found.trainedOn(),
                0,
                Map.of(),
                List.of(),
                found.unknowable(),
                IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList(),
                found.divergences(),
                found.parentFacts());
        assertThat(figure(Gate.LATENCY, 500, timed).value()).hasValue(95);
    }

    @Test
    void driftIsTheMeanOverTokens() {
        GateFigure figure = figure(Gate.DRIFT, 0.2, measurements(LEARNED));
        assertThat(figure.value().getAsDouble()).isCloseTo(0.02, within(1e-9));
        assertThat(figure.n()).isEqualTo(1);
        assertThat(figure.passed()).isTrue();
    }

    @Test
    void aPerplexityGateWithoutATextIsNotPassed() {
        assertThat(figure(Gate.PERPLEXITY, 0.05, measurements(LEARNED)).passed())
                .isFalse();
    }

    @Test
    void oneFailedGateRejectsWithItsReason() {
        var thresholds = new EnumMap<Gate, Double>(Map.of(Gate.FACTUAL_CONSISTENCY, 0.85, Gate.LATENCY, 500.0));
        var policy = new GatePolicy("strict", thresholds, 0.05, ChangedAnswers.USUAL, false);
        Verdict verdict = Verdict.of(Gates.measure(policy, measurements(HALF)), policy, Instant.EPOCH);
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Rejected.class, rejected -> {
            assertThat(rejected.reasons()).hasSize(1);
            assertThat(rejected.reasons().getFirst()).startsWith("factual_consistency is 0.500");
            assertThat(rejected.toProto().getGatesList()).hasSize(2);
        });
        assertThat(Verdict.of(Gates.measure(policy, measurements(LEARNED)), policy, Instant.EPOCH))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whatPassesAwaitsApprovalWhereThePolicyAsksForIt() {
        var policy =
                new GatePolicy("careful", Map.of(Gate.FACTUAL_CONSISTENCY, 0.85), 0.05, ChangedAnswers.USUAL, true);
        assertThat(Verdict.of(Gates.measure(policy, measurements(LEARNED)), policy, Instant.EPOCH))
                .isInstanceOf(Verdict.AwaitingApproval.class);
        assertThat(Verdict.of(Gates.measure(policy, measurements(HALF)), policy, Instant.EPOCH))
                .as("an approval is no way around a gate")
                .isInstanceOf(Verdict.Rejected.class);
    }

    private static Measurements trainedOn(Set<String> names, Measurements found) {
        return new Measurements(
                found.parent(),
                found.facts(),
                names,
                0,
                found.parentAccuracy(),
                found.neighbours(),
                found.unknowable(),
                found.times(),
                found.divergences(),
                found.parentFacts());
    }

    private static Measurements with(List<AnswerPair> neighbours, List<AnswerPair> unknowable, Measurements found) {
        return new Measurements(
                found.parent(),
                found.facts(),
                found.trainedOn(),
                0,
                found.parentAccuracy(),
                neighbours,
                unknowable,
                found.times(),
                found.divergences(),
                found.parentFacts());
    }
}
