package io.loremesh.generator.answer;

import io.loremesh.generator.adapter.Trial;
import io.loremesh.proto.generator.v1.TrialArm;
import io.loremesh.proto.generator.v1.TrialPart;
import java.util.Optional;

/**
 * What a request has to do with the trial that is under way when it comes: which version takes it, and how that is
 * told.
 *
 * @param version that takes it; empty for the active one
 * @param trial sequence of the move that began the trial; 0 where the request has no part in one
 * @param arm unspecified where the request has no part in a trial
 */
record RequestPart(String version, long trial, TrialArm arm) {
    /** A request that names its version has none; a probe that names none means the active one. */
    static RequestPart of(Question question, Optional<Trial> running) {
        if (running.isEmpty() || !question.version().isEmpty() || !question.recorded()) {
            return new RequestPart(question.version(), 0, TrialArm.TRIAL_ARM_UNSPECIFIED);
        }
        Trial trial = running.get();
        return !trial.shadow() && trial.draws(question.key())
                ? new RequestPart(trial.version(), trial.move(), TrialArm.TRIAL_ARM_CANARY)
                : new RequestPart("", trial.move(), TrialArm.TRIAL_ARM_ACTIVE);
    }

    /** The same question put to the version on trial, out of the asker's sight; empty where it is not drawn. */
    static Optional<RequestPart> shadowOf(Question question, RequestPart answered, Optional<Trial> running) {
        return running.filter(trial -> trial.shadow() && trial.move() == answered.trial && trial.draws(question.key()))
                .map(trial -> new RequestPart(trial.version(), trial.move(), TrialArm.TRIAL_ARM_SHADOW));
    }

    boolean isTried() {
        return arm != TrialArm.TRIAL_ARM_UNSPECIFIED;
    }

    boolean isShadow() {
        return arm == TrialArm.TRIAL_ARM_SHADOW;
    }

    /** @param held the version that the request took */
    TrialPart.Builder toProto(String held) {
        return TrialPart.newBuilder().setMove(trial).setArm(arm).setVersion(held);
    }
}
