package io.loremesh.registry.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static Set<String> drawn(String candidate, double share) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "facts/" + i)
                .filter(fact -> Coverage.lot(candidate, fact) < share)
                .collect(Collectors.toSet());
    }

    @Test
    void theAuditDrawsItsShare() {
        assertThat(drawn("sha256:a", 0.05).size() / 10_000.0).isCloseTo(0.05, within(0.01));
        assertThat(drawn("sha256:a", 0)).isEmpty();
        assertThat(drawn("sha256:a", 1)).hasSize(10_000);
    }

    @Test
    void theSameCandidateDrawsTheSameFactsAndAnotherDrawsOthers() {
        assertThat(drawn("sha256:a", 0.05)).isEqualTo(drawn("sha256:a", 0.05));
        assertThat(drawn("sha256:b", 0.05)).isNotEqualTo(drawn("sha256:a", 0.05));
    }
}
