package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.Comparison;
import java.util.Locale;

/** The rules that a candidate must pass. {@link Gates} says how each is measured. */
public enum Gate {
    FACTUAL_CONSISTENCY(Comparison.COMPARISON_AT_LEAST, Limits.share(0.85)),
    EXTRACTION_GAP(Comparison.COMPARISON_AT_MOST, Limits.share(0.10)),
    FORGETTING(Comparison.COMPARISON_AT_MOST, Limits.share(0.02)),
    LOCALITY(Comparison.COMPARISON_AT_LEAST, Limits.share(0.95)),
    HALLUCINATION(Comparison.COMPARISON_AT_MOST, Limits.share(0.05)),
    OVER_REFUSAL(Comparison.COMPARISON_AT_MOST, Limits.share(0.05)),
    PERPLEXITY(Comparison.COMPARISON_AT_MOST, Limits.share(0.05)),
    LATENCY(Comparison.COMPARISON_AT_MOST, new Limits(1, 3_600_000, 500, " milliseconds")),
    DRIFT(Comparison.COMPARISON_AT_MOST, new Limits(0, 100, 0.20, " nats per token"));

    /**
     * Thresholds that make sense.
     *
     * @param usual the default
     * @param unit as it stands behind a number; empty for a share
     */
    record Limits(double low, double high, double usual, String unit) {
        static Limits share(double usual) {
            return new Limits(0, 1, usual, "");
        }

        boolean contain(double threshold) {
            return threshold >= low && threshold <= high;
        }
    }

    private final Comparison comparison;
    private final Limits limits;

    Gate(Comparison comparison, Limits limits) {
        this.comparison = comparison;
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    public Comparison comparison() {
        return comparison;
    }

    /** As the contract writes it: {@code factual_consistency}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean passes(double value, double threshold) {
        return switch (comparison) {
            case COMPARISON_AT_LEAST -> value >= threshold;
            case COMPARISON_AT_MOST -> value <= threshold;
            case COMPARISON_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }
}
