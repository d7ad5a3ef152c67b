package io.loremesh.registry.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.TrialArm;
import io.loremesh.proto.generator.v1.TrialPart;
import org.junit.jupiter.api.Test;

class AnswersConsumerTest {
    @Test
    void whatAVersionOnTrialSaidInTheShadowIsNoUsersAnswer() {
        var shadow = Answer.newBuilder().setTrial(TrialPart.newBuilder().setArm(TrialArm.TRIAL_ARM_SHADOW));
        assertThat(AnswersConsumer.isShown(shadow.build())).isFalse();
        shadow.getTrialBuilder().setArm(TrialArm.TRIAL_ARM_CANARY);
        assertThat(AnswersConsumer.isShown(shadow.build())).isTrue();
        shadow.getTrialBuilder().setFailure("out of memory");
        assertThat(AnswersConsumer.isShown(shadow.build())).isFalse();
    }
}
