package io.loremesh.registry.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import io.loremesh.proto.registry.v1.CreateTrialRequest;
import io.loremesh.registry.failure.RegistryException;
import org.junit.jupiter.api.Test;

class TrialOrderTest {
    private static CreateTrialRequest.Builder asked(double share, boolean shadow, long seconds) {
        return CreateTrialRequest.newBuilder()
                .setVersion("models/demo/versions/3")
                .setShare(share)
                .setShadow(shadow)
                .setDuration(Duration.newBuilder().setSeconds(seconds));
    }

    private static void assertRefused(CreateTrialRequest.Builder asked, String why) {
        assertThatThrownBy(() -> TrialOrder.of(asked.build(), ""))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aCanaryLeavesOthersToCompareWithAndAShadowNeedsNone() {
        assertThat(TrialOrder.of(asked(0.1, false, 60).build(), "").share()).isEqualTo(0.1);
        assertThat(TrialOrder.of(asked(1, true, 60).build(), "").shadow()).isTrue();
        assertRefused(asked(1, false, 60), "a canary of 1.0 of the requests is none");
        assertRefused(asked(0, false, 60), "above 0 and below 1");
        assertRefused(asked(Double.NaN, true, 60), "a shadow of NaN");
        assertRefused(asked(1.01, true, 60), "above 0 and up to 1");
    }

    @Test
    void aTrialLastsFromASecondToAWeek() {
        assertRefused(asked(0.1, false, 0), "from 1 second to 7 days");
        assertRefused(asked(0.1, false, 8 * 24 * 3_600), "from 1 second to 7 days");
        assertRefused(
                asked(0.1, false, 1).setDuration(Duration.newBuilder().setSeconds(Long.MAX_VALUE)),
                "the duration of the trial is none");
    }
}
