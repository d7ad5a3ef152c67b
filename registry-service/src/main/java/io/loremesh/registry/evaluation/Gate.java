package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.Comparison;
import java.util.Locale;

/** The rules that a candidate must pass. {@link Gates} says how each is measured. */
public enum Gate {
    FACTUAL_CONSISTENCY(Comparison.COMPARISON_AT_LEAST),
    EXTRACTION_GAP(Comparison.COMPARISON_AT_MOST),
    FORGETTING(Comparison.COMPARISON_AT_MOST),
    LOCALITY(Comparison.COMPARISON_AT_LEAST),
    HALLUCINATION(Comparison.COMPARISON_AT_MOST),
    OVER_REFUSAL(Comparison.COMPARISON_AT_MOST),
    PERPLEXITY(Comparison.COMPARISON_AT_MOST),
    LATENCY(Comparison.COMPARISON_AT_MOST),
    DRIFT(Comparison.COMPARISON_AT_MOST);

    private final Comparison comparison;

    Gate(Comparison comparison) {
        this.comparison = comparison;
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
