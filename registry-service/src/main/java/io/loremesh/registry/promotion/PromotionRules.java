package io.loremesh.registry.promotion;

import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.ErasedKnowledgeEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import java.util.List;
import java.util.Optional;

/** Which alias may move where. */
final class PromotionRules {
    /** The version that answers. */
    static final String ACTIVE = "active";

    /** The version that answered before; kept by the registry. */
    static final String PREVIOUS = "previous";

    /** The version on trial; kept by the registry. */
    static final String CANARY = "canary";

    private PromotionRules() {}

    /** Errors: INVALID. */
    static String requireMovable(String alias) {
        if (!VersionRef.ALIAS.matcher(alias).matches()) {
            throw new RegistryException(
                    Kind.INVALID,
                    "alias \"%s\" is not 1 to 63 lower-case letters, digits and hyphens that begin with a letter",
                    alias);
        }
        if (alias.equals(PREVIOUS)) {
            throw new RegistryException(
                    Kind.INVALID, "`previous` follows `active` by itself; move `active`, or an alias of your own");
        }
        if (alias.equals(CANARY)) {
            throw new RegistryException(
                    Kind.INVALID,
                    "`canary` points to a version while it is on trial; CreateTrial begins a "
                            + "trial, CancelTrial ends it");
        }
        return alias;
    }

    /** @param last of the moves of `canary`, null where it never moved. Errors: PRECONDITION, with the trial's name. */
    static void requireNoTrial(AliasMoveEntity last) {
        if (last != null && last.beginsTrial()) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "models/%s/trials/%d is under way: %s tries %s since %s; wait for its end, or CancelTrial ends it",
                    last.model,
                    last.sequence,
                    last.actor.isEmpty() ? "somebody" : last.actor,
                    last.target(),
                    last.createTime);
        }
    }

    /** Errors: PRECONDITION. */
    static void requireNotActive(VersionName candidate, VersionName active) {
        if (candidate.equals(active)) {
            throw new RegistryException(
                    Kind.PRECONDITION, "%s is active already; there is nothing to compare it with", candidate);
        }
    }

    /** The verdict that waits for a person. Errors: PRECONDITION. */
    static Verdict requireAwaiting(VersionName version, Optional<Verdict> verdict) {
        String why = verdict.map(judged -> switch (judged.getDecision()) {
                    case DECISION_AWAITING_APPROVAL -> "";
                    case DECISION_ACCEPTED -> "was accepted by a policy that asks for no approval";
                    case DECISION_REJECTED ->
                        "was rejected: %s; an approval is no way around a gate"
                                .formatted(String.join(" ", judged.getReasonsList()));
                    case DECISION_UNSPECIFIED, UNRECOGNIZED -> "has a verdict without a decision";
                })
                .orElse("was never evaluated; EvaluateVersion judges it");
        if (!why.isEmpty()) {
            throw new RegistryException(Kind.PRECONDITION, "%s %s, so there is nothing to approve", version, why);
        }
        return verdict.orElseThrow();
    }

    /** Errors: PRECONDITION, with the reasons of the verdict. */
    static void requireAccepted(VersionName version, Optional<Verdict> verdict) {
        if (verdict.isEmpty()) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "%s was never evaluated; EvaluateVersion judges it, `force` promotes it unjudged",
                    version);
        }
        if (verdict.get().getDecision() == Decision.DECISION_AWAITING_APPROVAL) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "%s passed the gates and awaits approval, as policy %s asks; ApproveVersion gives it",
                    version,
                    verdict.get().getPolicy());
        }
        if (verdict.get().getDecision() != Decision.DECISION_ACCEPTED) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "%s was rejected: %s; `force` promotes it against the verdict",
                    version,
                    String.join(" ", verdict.get().getReasonsList()));
        }
    }

    /** Errors: PRECONDITION. */
    static void requireNothingErased(VersionName version, List<ErasedKnowledgeEntity> held) {
        if (!held.isEmpty()) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "%s holds %s, which was erased at %s; train a version without it, or record the fact again",
                    version,
                    held.getFirst().fact,
                    held.getFirst().createTime);
        }
    }

    /** The reason of a forced move says so, and what the verdict was. */
    static String forcedReason(String reason, Optional<Verdict> verdict) {
        String against = verdict.map(judged -> switch (judged.getDecision()) {
                    case DECISION_ACCEPTED -> "";
                    case DECISION_REJECTED ->
                        "forced against a rejection: " + String.join(" ", judged.getReasonsList());
                    case DECISION_AWAITING_APPROVAL -> "forced without the approval that the policy asks for";
                    case DECISION_UNSPECIFIED, UNRECOGNIZED -> "forced without a decision";
                })
                .orElse("forced without an evaluation");
        return against.isEmpty() ? reason : (reason + " (" + against + ")").strip();
    }
}
