package io.loremesh.registry.evaluation;

/**
 * How many answers may change while a version is active; the drift monitor judges by it, as it judges divergence by the
 * drift gate.
 *
 * @param limit share of answers, 0 to 1: above it the version is rolled back
 * @param warning share above which a measurement says so
 */
public record ChangedAnswers(double limit, double warning) {
    /** What holds for a policy that does not name them, as none did before there was a monitor. */
    public static final ChangedAnswers USUAL = new ChangedAnswers(0.20, 0.05);

    static final Gate.Limits LIMITS = Gate.Limits.share(USUAL.limit());
}
