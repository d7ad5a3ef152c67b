package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.registry.resource.Timestamps;
import java.time.Instant;
import java.util.List;

/** The outcome of an evaluation. A rejection is an outcome, not an error. */
public sealed interface Verdict {
    /** Every gate's figure, in the order of the policy. */
    List<GateFigure> figures();

    String policy();

    Instant time();

    /** All gates were passed. */
    record Accepted(List<GateFigure> figures, String policy, Instant time) implements Verdict {
        public Accepted {
            figures = List.copyOf(figures);
        }
    }

    /** Some were not.
     *
     * @param reasons a sentence for each
     */
    record Rejected(List<GateFigure> figures, List<String> reasons, String policy, Instant time) implements Verdict {
        public Rejected {
            figures = List.copyOf(figures);
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a rejection has at least one reason");
            }
        }
    }

    static Verdict of(List<GateFigure> figures, String policy, Instant time) {
        List<String> reasons = figures.stream()
                .filter(figure -> !figure.passed())
                .map(GateFigure::reason)
                .toList();
        return reasons.isEmpty() ? new Accepted(figures, policy, time) : new Rejected(figures, reasons, policy, time);
    }

    default io.loremesh.proto.registry.v1.Verdict toProto() {
        var verdict = io.loremesh.proto.registry.v1.Verdict.newBuilder()
                .setPolicy(policy())
                .setCreateTime(Timestamps.of(time()))
                .addAllGates(figures().stream().map(GateFigure::toProto).toList());
        return switch (this) {
            case Accepted accepted ->
                verdict.setDecision(Decision.DECISION_ACCEPTED).build();
            case Rejected rejected ->
                verdict.setDecision(Decision.DECISION_REJECTED)
                        .addAllReasons(rejected.reasons())
                        .build();
        };
    }
}
