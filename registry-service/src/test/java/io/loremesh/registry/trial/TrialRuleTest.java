package io.loremesh.registry.trial;

import static io.loremesh.proto.registry.v1.TrialFigureKind.TRIAL_FIGURE_KIND_DISAGREEMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.proto.registry.v1.TrialFigure;
import io.loremesh.registry.evaluation.TrialLimits;
import io.loremesh.registry.trial.Tally.Latency;
import org.junit.jupiter.api.Test;

class TrialRuleTest {
    private static final TrialRule RULE = new TrialRule(new TrialLimits(50, 0.01, 0.05, 2.0, 0.05));
    private static final Tally GOOD = new Tally(400, 0, 20, latency(40), 200, 196);

    private static Latency latency(double p95) {
        return new Latency(p95 / 2, p95, p95 * 0.9, p95 * 1.1);
    }

    private static Tally with(int requests, int errors, int abstentions, double p95, int facts, int agreements) {
        return new Tally(requests, errors, abstentions, latency(p95), facts, agreements);
    }

    private static TrialFigure figure(Judgement judgement, int index) {
        return judgement.figures().get(index);
    }

    @Test
    void aVersionThatHoldsEveryLimitIsPromotedWhenItsTimeIsOverAndNotBefore() {
        Tally version = with(60, 0, 4, 44, 40, 40);

        assertThat(RULE.judge(GOOD, version, false)).isInstanceOf(Judgement.Open.class);
        assertThat(RULE.judge(GOOD, version, true))
                .isInstanceOfSatisfying(Judgement.Passed.class, passed -> assertThat(passed.why())
                        .contains("errors, more than the active version's by 0.000", "limit 0.010", "n 60"));
    }

    @Test
    void belowTheLeastNumberOfRequestsNothingIsPromotedAndItSaysSo() {
        assertThat(RULE.judge(GOOD, with(49, 0, 0, 40, 20, 20), true))
                .isInstanceOfSatisfying(Judgement.Undecided.class, undecided -> assertThat(undecided.why())
                        .isEqualTo("too few requests to judge by: 49 of the version on trial and 400 of the active one,"
                                + " each needs 50"));
        assertThat(RULE.judge(with(49, 0, 0, 40, 20, 20), GOOD, true))
                .as("the active one has to be known too")
                .isInstanceOf(Judgement.Undecided.class);
        assertThat(RULE.judge(Tally.NONE, Tally.NONE, true)).isInstanceOf(Judgement.Undecided.class);
        assertThat(RULE.judge(Tally.NONE, with(10, 10, 0, 0, 0, 0), false))
                .as("not even a version that fails always is judged by ten requests")
                .isInstanceOf(Judgement.Open.class);
    }

    @Test
    void whatSurelyCrossesALimitEndsTheTrialAtOnce() {
        assertThat(RULE.judge(GOOD, with(60, 30, 2, 40, 20, 20), false))
                .isInstanceOfSatisfying(Judgement.Failed.class, failed -> assertThat(failed.why())
                        .startsWith("errors, more than the active version's by 0.500")
                        .doesNotContain("abstentions"));
    }

    @Test
    void whatIsNotSureGoesOnAndSpeaksAgainstThePromotionAtTheEnd() {
        // 6 of 60 abstain beyond the active version's 5 %: 0.1, of which the interval begins below the limit of 0.05.
        Tally version = with(60, 0, 9, 40, 40, 40);

        assertThat(RULE.judge(GOOD, version, false)).isInstanceOf(Judgement.Open.class);
        assertThat(RULE.judge(GOOD, version, true))
                .isInstanceOfSatisfying(Judgement.Failed.class, failed -> assertThat(failed.why())
                        .startsWith("abstentions, more than the active version's by 0.100"));
    }

    @Test
    void slownessIsAMultipleOfTheActiveVersionsAndOnlySureBeyondBothIntervals() {
        Judgement slow = RULE.judge(GOOD, with(60, 0, 3, 90, 40, 40), false);
        assertThat(figure(slow, 2).getValue()).isCloseTo(2.25, within(1e-9));
        assertThat(figure(slow, 2).getLow()).isCloseTo(81 / 44.0, within(1e-9));
        assertThat(slow).isInstanceOf(Judgement.Open.class);

        assertThat(RULE.judge(GOOD, with(60, 0, 3, 90, 40, 40), true)).isInstanceOf(Judgement.Failed.class);
        assertThat(RULE.judge(GOOD, with(60, 0, 3, 120, 40, 40), false)).isInstanceOf(Judgement.Failed.class);
    }

    @Test
    void disagreementWithTheLedgerJudgesOnlyOverEnoughLearnedFacts() {
        Judgement few = RULE.judge(GOOD, with(60, 0, 3, 40, 49, 10), true);
        assertThat(figure(few, 3).getKind()).isEqualTo(TRIAL_FIGURE_KIND_DISAGREEMENT);
        assertThat(figure(few, 3).hasLimit()).isFalse();
        assertThat(few).isInstanceOf(Judgement.Passed.class);

        Judgement enough = RULE.judge(GOOD, with(60, 0, 3, 40, 50, 10), true);
        assertThat(figure(enough, 3).getValue()).isCloseTo(0.98 - 0.2, within(1e-9));
        assertThat(enough).isInstanceOf(Judgement.Failed.class);
    }

    @Test
    void aVersionThatOnlyFailsIsJudgedByThatAlone() {
        Judgement judgement = RULE.judge(GOOD, with(60, 60, 0, 0, 0, 0), false);
        assertThat(judgement.figures()).hasSize(1);
        assertThat(judgement).isInstanceOf(Judgement.Failed.class);
    }
}
