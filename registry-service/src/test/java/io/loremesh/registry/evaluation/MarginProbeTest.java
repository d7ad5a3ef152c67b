package io.loremesh.registry.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarginProbeTest {
    /** Each over two tokens. */
    private static List<VersionProbe.Score> scores(double... means) {
        return Arrays.stream(means)
                .mapToObj(mean -> new VersionProbe.Score(mean, 2))
                .toList();
    }

    @Test
    void marginAndOldLeadAreMeansOverPhrasings() {
        // Two phrasings; right, old, other.
        var margins = MarginProbe.margins(scores(-1, -2, -4, -3, -1, -2), 3, 1);
        assertThat(margins.margin().getAsDouble()).isCloseTo((1.0 - 2.0) / 2, within(1e-9));
        assertThat(margins.oldLead().getAsDouble()).isCloseTo((-1.0 + 1.0) / 2, within(1e-9));
    }

    @Test
    void withoutAnOldAnswerThereIsNoOldLead() {
        var margins = MarginProbe.margins(scores(-1, -2), 2, 0);
        assertThat(margins.margin()).hasValue(1.0);
        assertThat(margins.oldLead()).isEmpty();
    }

    @Test
    void everyScoredTokenIsCounted() {
        assertThat(MarginProbe.margins(scores(-1, -2, -3, -4), 2, 0).tokens()).isEqualTo(8);
    }
}
