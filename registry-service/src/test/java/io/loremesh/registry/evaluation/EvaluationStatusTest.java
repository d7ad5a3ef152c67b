package io.loremesh.registry.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.registry.v1.EvaluationState;
import io.loremesh.registry.evaluation.EvaluationStatus.Probing;
import io.loremesh.registry.evaluation.EvaluationStatus.UnderWay;
import org.junit.jupiter.api.Test;

class EvaluationStatusTest {
    @Test
    void anEvaluationThatWaitsSaysForWhatAndGoesOn() {
        var waiting = new Probing().await("the generator is away");
        assertThat(waiting.state()).isEqualTo(EvaluationState.EVALUATION_STATE_WAITING);
        assertThat(waiting.detail()).isEqualTo("the generator is away");
        assertThat(waiting.resume()).isEqualTo(new Probing());
    }

    @Test
    void itMayFailOrBeCancelledWhileItProbesAndWhileItWaits() {
        for (UnderWay status : new UnderWay[] {new Probing(), new Probing().await("away")}) {
            assertThat(status.fail("refused").state()).isEqualTo(EvaluationState.EVALUATION_STATE_FAILED);
            assertThat(status.cancel("").state()).isEqualTo(EvaluationState.EVALUATION_STATE_CANCELLED);
        }
    }

    @Test
    void anEndHasNoWayOut() {
        assertThat(new Probing().judge()).isNotInstanceOf(UnderWay.class);
        assertThat(new Probing().fail("refused")).isNotInstanceOf(UnderWay.class);
        assertThat(new Probing().cancel("")).isNotInstanceOf(UnderWay.class);
    }

    @Test
    void aFailureWithoutAReasonIsRefused() {
        assertThatThrownBy(() -> new Probing().fail(" ")).hasMessageContaining("says why");
    }
}
