package io.loremesh.registry.evaluation;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.artifact.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which facts are probed in full (tier T1) whatever their first glance (T0) says. The rest is, where that glance
 * differs from what the parent knows.
 *
 * @param touched names of the facts that the version was trained on
 * @param neighbours names of facts that training was to leave unmoved
 * @param audit names drawn by lot: what a glance overlooks shows in them
 */
record Coverage(Set<String> touched, Set<String> neighbours, Set<String> audit) {
    private static final double RANGE = 0x1p32;

    static Coverage of(Subject subject, EvaluationConfig config) {
        var touched = new LinkedHashSet<>(subject.trainedOn());
        touched.retainAll(subject.facts().keySet());
        return new Coverage(
                touched,
                subject.neighbours(config.neighbours()).stream()
                        .map(Fact::getName)
                        .collect(Collectors.toSet()),
                subject.facts().keySet().stream()
                        .filter(fact -> lot(subject.seed(), fact) < config.auditShare())
                        .collect(Collectors.toSet()));
    }

    boolean covers(String fact) {
        return touched.contains(fact) || neighbours.contains(fact) || audit.contains(fact);
    }

    /**
     * A number from 0 to 1 that a fact draws: always the same for the same candidate, so that a restarted evaluation
     * audits the same facts, and another for the next candidate, so that in time all are.
     *
     * @param seed digest of the candidate
     */
    static double lot(String seed, String fact) {
        String hex = ContentDigest.of((seed + ' ' + fact).getBytes(StandardCharsets.UTF_8))
                .hex();
        return Long.parseLong(hex.substring(0, 8), 16) / RANGE;
    }
}
