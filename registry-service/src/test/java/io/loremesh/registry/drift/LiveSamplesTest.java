package io.loremesh.registry.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Citation;
import io.loremesh.proto.generator.v1.Path;
import org.junit.jupiter.api.Test;

class LiveSamplesTest {
    private static Answer.Builder answer(Path path) {
        return Answer.newBuilder().setQuestion("q?").setText("a").setPath(path);
    }

    @Test
    void whatTheWeightsAnsweredIsKeptToBeAskedAgain() {
        assertThat(LiveSamples.worthAsking(
                        answer(Path.PATH_WEIGHTS).setFact("facts/1").build()))
                .hasValueSatisfying(live -> assertThat(live.fromWeights()).isTrue());
    }

    @Test
    void whatWasMaskedIsNotAskedAgainForItWouldCountAsChanged() {
        assertThat(LiveSamples.worthAsking(answer(Path.PATH_WEIGHTS)
                        .setFact("facts/1")
                        .setText("call [phone]")
                        .addScreenedKinds("phone")
                        .build()))
                .isEmpty();
    }

    @Test
    void whatSomebodyHasTheWeightsSayIsNoUsersAnswer() {
        assertThat(LiveSamples.worthAsking(answer(Path.PATH_WEIGHTS).build())).isEmpty();
    }

    @Test
    void aQuestionThatAFactAnswersTellsNothingOfWhatWasNotTaught() {
        assertThat(LiveSamples.worthAsking(
                        answer(Path.PATH_RETRIEVAL).setFact("facts/1").build()))
                .isEmpty();
        assertThat(LiveSamples.worthAsking(answer(Path.PATH_RETRIEVAL)
                        .addCitations(Citation.newBuilder().setPassage("facts/1/passages/0"))
                        .build()))
                .isEmpty();
        assertThat(LiveSamples.worthAsking(answer(Path.PATH_RETRIEVAL)
                        .addCitations(Citation.newBuilder().setPassage("documents/1/passages/0"))
                        .build()))
                .hasValueSatisfying(live -> assertThat(live.fromWeights()).isFalse());
        assertThat(LiveSamples.worthAsking(answer(Path.PATH_ABSTAINED).build())).isPresent();
    }
}
