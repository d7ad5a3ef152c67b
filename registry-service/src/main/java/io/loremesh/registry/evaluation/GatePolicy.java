package io.loremesh.registry.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which gates judge, their thresholds, and whether that is enough.
 *
 * @param label what verdicts record: the policy's name, {@code @} and the digest of its file
 * @param thresholds in the order in which the gates are reported
 * @param changedAnswers judged of the active version alone; a candidate has nothing to change from
 * @param approvalRequired a version that passes waits for a person
 */
public record GatePolicy(
        String label,
        Map<Gate, Double> thresholds,
        double driftWarning,
        ChangedAnswers changedAnswers,
        boolean approvalRequired) {
    public GatePolicy {
        if (thresholds.isEmpty()) {
            throw new IllegalArgumentException("policy %s lists no gate, so it judges nothing".formatted(label));
        }
        thresholds = Collections.unmodifiableMap(new EnumMap<>(thresholds));
    }
}
