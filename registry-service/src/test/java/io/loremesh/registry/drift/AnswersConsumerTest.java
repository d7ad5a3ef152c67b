package io.loremesh.registry.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Citation;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.generator.v1.TrialArm;
import io.loremesh.proto.generator.v1.TrialPart;
import org.junit.jupiter.api.Test;

class AnswersConsumerTest {
    private static Answer.Builder answer(Path path) {
        return Answer.newBuilder().setQuestion("q?").setText("a").setPath(path);
    }

    @Test
    void whatTheWeightsAnsweredIsKeptToBeAskedAgain() {
        assertThat(AnswersConsumer.sampled(
                        answer(Path.PATH_WEIGHTS).setFact("facts/1").build()))
                .hasValueSatisfying(live -> assertThat(live.fromWeights()).isTrue());
    }

    @Test
    void whatWasMaskedIsNotAskedAgainForItWouldCountAsChanged() {
        assertThat(AnswersConsumer.sampled(answer(Path.PATH_WEIGHTS)
                        .setFact("facts/1")
                        .setText("call [phone]")
                        .addScreenedKinds("phone")
                        .build()))
                .isEmpty();
    }

    @Test
    void whatSomebodyHasTheWeightsSayIsNoUsersAnswer() {
        assertThat(AnswersConsumer.sampled(answer(Path.PATH_WEIGHTS).build())).isEmpty();
    }

    @Test
    void whatAVersionOnTrialSaidInTheShadowIsNoUsersAnswer() {
        var shadow = answer(Path.PATH_WEIGHTS)
                .setFact("facts/1")
                .setTrial(TrialPart.newBuilder().setArm(TrialArm.TRIAL_ARM_SHADOW));
        assertThat(AnswersConsumer.isShown(shadow.build())).isFalse();
        shadow.getTrialBuilder().setArm(TrialArm.TRIAL_ARM_CANARY);
        assertThat(AnswersConsumer.isShown(shadow.build())).isTrue();
        shadow.getTrialBuilder().setFailure("out of memory");
        assertThat(AnswersConsumer.isShown(shadow.build())).isFalse();
    }

    @Test
    void aQuestionThatAFactAnswersTellsNothingOfWhatWasNotTaught() {
        assertThat(AnswersConsumer.sampled(
                        answer(Path.PATH_RETRIEVAL).setFact("facts/1").build()))
                .isEmpty();
        assertThat(AnswersConsumer.sampled(answer(Path.PATH_RETRIEVAL)
                        .addCitations(Citation.newBuilder().setPassage("facts/1/passages/0"))
                        .build()))
                .isEmpty();
        assertThat(AnswersConsumer.sampled(answer(Path.PATH_RETRIEVAL)
                        .addCitations(Citation.newBuilder().setPassage("documents/1/passages/0"))
                        .build()))
                .hasValueSatisfying(live -> assertThat(live.fromWeights()).isFalse());
        assertThat(AnswersConsumer.sampled(answer(Path.PATH_ABSTAINED).build())).isPresent();
    }
}
