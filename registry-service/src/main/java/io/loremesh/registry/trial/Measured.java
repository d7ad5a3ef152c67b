package io.loremesh.registry.trial;

import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.VersionName;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A trial with what it came to so far.
 *
 * @param begun the move of `canary` that began it
 * @param least requests that the policy asks of each version
 */
record Measured(
        TrialEntity trial, AliasMoveEntity begun, Tally against, Tally version, int least, Judgement judgement) {
    Measured with(Judgement other) {
        return new Measured(trial, begun, against, version, least, other);
    }

    VersionName candidate() {
        return begun.target();
    }

    /** As people call it, for reasons: {@code canary of 10 %}. */
    String kind() {
        String percent = new BigDecimal(begun.share * 100)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
        return "%s of %s %%".formatted(begun.shadow ? "shadow" : "canary", percent);
    }

    Trial.Builder toProto() {
        return Trial.newBuilder()
                .setName(trial.name().toString())
                .setVersion(candidate().resource())
                .setAgainst(new VersionName(trial.model, trial.against).resource())
                .setShare(begun.share)
                .setShadow(begun.shadow)
                .setState(judgement.state())
                .setDetail(judgement.why())
                .setAgainstTally(against.toProto())
                .setVersionTally(version.toProto())
                .addAllFigures(judgement.figures())
                .setLeast(least)
                .setActor(begun.actor)
                .setReason(begun.reason)
                .setCreateTime(Timestamps.of(begun.createTime))
                .setDueTime(Timestamps.of(trial.dueTime));
    }
}
