package io.loremesh.registry.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which gates judge, and their thresholds.
 *
 * @param thresholds in the order in which the gates are reported
 */
public record GatePolicy(String name, Map<Gate, Double> thresholds, double driftWarning) {
    public GatePolicy {
        if (thresholds.isEmpty()) {
            throw new IllegalArgumentException("policy %s lists no gate, so it judges nothing".formatted(name));
        }
        thresholds = Collections.unmodifiableMap(new EnumMap<>(thresholds));
    }

    static GatePolicy of(EvaluationConfig config) {
        EvaluationConfig.Thresholds asked = config.thresholds();
        var thresholds = new EnumMap<Gate, Double>(Gate.class);
        thresholds.put(Gate.FACTUAL_CONSISTENCY, asked.factualConsistency());
        thresholds.put(Gate.EXTRACTION_GAP, asked.extractionGap());
        thresholds.put(Gate.FORGETTING, asked.forgetting());
        thresholds.put(Gate.LOCALITY, asked.locality());
        thresholds.put(Gate.HALLUCINATION, asked.hallucination());
        thresholds.put(Gate.OVER_REFUSAL, asked.overRefusal());
        thresholds.put(Gate.LATENCY, asked.latency());
        thresholds.put(Gate.DRIFT, asked.drift());
        asked.perplexity().ifPresent(threshold -> thresholds.put(Gate.PERPLEXITY, threshold));
        return new GatePolicy(config.policy(), thresholds, asked.driftWarning());
    }
}
