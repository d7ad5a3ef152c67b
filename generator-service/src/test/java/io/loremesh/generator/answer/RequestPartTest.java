package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.generator.adapter.Trial;
import io.loremesh.proto.generator.v1.TrialArm;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestPartTest {
    private static final String V3 = "models/demo/versions/3";
    private static final Optional<Trial> CANARY = Optional.of(new Trial(7, V3, 1, false));
    private static final Optional<Trial> SHADOW = Optional.of(new Trial(7, V3, 1, true));

    private static Question question(String version, boolean recorded, String trace) {
        return new Question("Who?", version, Question.Routing.AUTO, 0, 0, recorded, trace);
    }

    @Test
    void whoNamesAVersionOrProbesHasNoPartInATrial() {
        assertThat(RequestPart.of(question(V3, true, ""), CANARY).isTried()).isFalse();
        RequestPart probe = RequestPart.of(question("", false, ""), CANARY);
        assertThat(probe.isTried()).isFalse();
        assertThat(probe.version()).isEmpty();
        assertThat(RequestPart.shadowOf(
                        question("", false, ""), RequestPart.of(question("", false, ""), SHADOW), SHADOW))
                .isEmpty();
    }

    @Test
    void aShadowIsAskedBesideTheActiveVersionAndNeverInItsPlace() {
        RequestPart part = RequestPart.of(Question.of("Who?"), SHADOW);
        assertThat(part.arm()).isEqualTo(TrialArm.TRIAL_ARM_ACTIVE);
        assertThat(part.version()).isEmpty();
        assertThat(RequestPart.shadowOf(Question.of("Who?"), part, SHADOW))
                .hasValueSatisfying(shadow -> assertThat(shadow.version()).isEqualTo(V3));
        assertThat(RequestPart.shadowOf(Question.of("Who?"), RequestPart.of(Question.of("Who?"), CANARY), CANARY))
                .isEmpty();
    }

    @Test
    void oneTraceIsOneVersionWhateverItAsks() {
        var half = Optional.of(new Trial(7, V3, 0.5, false));
        for (int i = 0; i < 50; i++) {
            String trace = "%032x".formatted(i);
            var first = new Question("Who?", "", Question.Routing.AUTO, 0, 0, true, trace);
            var second = new Question("And where?", "", Question.Routing.AUTO, 0, 0, true, trace);
            assertThat(RequestPart.of(first, half)).isEqualTo(RequestPart.of(second, half));
        }
    }
}
