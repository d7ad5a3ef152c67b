package io.loremesh.registry.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarginProbeTest {
    @Test
    void marginAndOldLeadAreMeansOverPhrasings() {
        // Two phrasings; right, old, other.
        var margins = MarginProbe.margins("facts/a", List.of(-1.0, -2.0, -4.0, -3.0, -1.0, -2.0), 3, 1);
        assertThat(margins.margin().getAsDouble()).isCloseTo((1.0 - 2.0) / 2, within(1e-9));
        assertThat(margins.oldLead().getAsDouble()).isCloseTo((-1.0 + 1.0) / 2, within(1e-9));
    }

    @Test
    void withoutAnOldAnswerThereIsNoOldLead() {
        var margins = MarginProbe.margins("facts/a", List.of(-1.0, -2.0), 2, 0);
        assertThat(margins.margin()).hasValue(1.0);
        assertThat(margins.oldLead()).isEmpty();
    }
}
