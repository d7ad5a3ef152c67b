package io.loremesh.registry.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeTellerTest {
    /** The candidate is 5, the way back to the base is 4, 3, 2. */
    private static final List<Integer> WAY = List.of(5, 4, 3, 2);

    @Test
    void theFirstVersionThatKnewTheFactAsTheCandidateDoesChangedIt() {
        assertThat(ChangeTeller.changedBy(WAY, Map.of(5, "learned red", 4, "learned red", 3, "unknown", 2, "unknown")))
                .isEqualTo(1);
    }

    @Test
    void aFactThatCameAndWentIsTheLastOnesWork() {
        assertThat(ChangeTeller.changedBy(WAY, Map.of(5, "learned", 4, "forgotten", 3, "learned", 2, "learned")))
                .isZero();
    }

    @Test
    void aGapInTheWayEndsTheSearch() {
        assertThat(ChangeTeller.changedBy(WAY, Map.of(5, "learned", 3, "learned")))
                .isZero();
        assertThat(ChangeTeller.changedBy(WAY, Map.of())).isZero();
    }
}
