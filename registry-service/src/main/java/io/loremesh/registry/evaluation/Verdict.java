package io.loremesh.registry.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.audit.Audited;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The outcome of an evaluation. A rejection is an outcome, not an error. */
public sealed interface Verdict {
    /** Who judges, in the audit log. */
    String JUDGE = "registry";

    /** Every gate's figure, in the order of the policy. */
    List<GateFigure> figures();

    String policy();

    Instant time();

    /** All gates were passed, and that is enough. */
    record Accepted(List<GateFigure> figures, String policy, Instant time) implements Verdict {
        public Accepted {
            figures = List.copyOf(figures);
        }
    }

    /** All gates were passed, and the policy asks for a person too. */
    record AwaitingApproval(List<GateFigure> figures, String policy, Instant time) implements Verdict {
        public AwaitingApproval {
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

    static Verdict of(List<GateFigure> figures, GatePolicy policy, Instant time) {
        List<String> reasons = figures.stream()
                .filter(figure -> !figure.passed())
                .map(GateFigure::reason)
                .toList();
        if (!reasons.isEmpty()) {
            return new Rejected(figures, reasons, policy.label(), time);
        }
        return policy.approvalRequired()
                ? new AwaitingApproval(figures, policy.label(), time)
                : new Accepted(figures, policy.label(), time);
    }

    default io.loremesh.proto.registry.v1.Verdict toProto() {
        var verdict = io.loremesh.proto.registry.v1.Verdict.newBuilder()
                .setPolicy(policy())
                .setCreateTime(Timestamps.of(time()))
                .addAllGates(figures().stream().map(GateFigure::toProto).toList());
        return switch (this) {
            case Accepted accepted ->
                verdict.setDecision(Decision.DECISION_ACCEPTED).build();
            case AwaitingApproval waiting ->
                verdict.setDecision(Decision.DECISION_AWAITING_APPROVAL).build();
            case Rejected rejected ->
                verdict.setDecision(Decision.DECISION_REJECTED)
                        .addAllReasons(rejected.reasons())
                        .build();
        };
    }

    /** What the audit log holds of it: the decision, and the digest of every figure. */
    default Audited audited(VersionName version, String trace) {
        var told = toProto();
        return new Audited(
                AuditAction.AUDIT_ACTION_VERSION_JUDGED,
                version.resource(),
                JUDGE,
                String.join(" ", told.getReasonsList()),
                Map.of(
                        "decision", told.getDecision().name(),
                        "policy", policy(),
                        "verdict_digest",
                                ContentDigest.of(ProtoJson.write(told).getBytes(UTF_8))
                                        .toString()),
                trace);
    }
}
