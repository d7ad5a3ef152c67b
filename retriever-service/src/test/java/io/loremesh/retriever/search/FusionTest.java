package io.loremesh.retriever.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.retriever.index.Candidate;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final Evidence.Scale SCALE = new Evidence.Scale(0.4, 0.9);
    private static final List<Evidence> EVIDENCE = List.of(evidence(8, 0.65), evidence(4, 0.9), evidence(0, 0.4));

    @Test
    void boundedScoresDoNotDependOnTheOtherCandidates() {
        assertThat(Fusion.BOUNDED.scores(EVIDENCE, 0.5)).containsExactly(new double[] {0.65, 0.7, 0}, within(1e-9));
        assertThat(Fusion.BOUNDED.scores(EVIDENCE.subList(0, 1), 0.5))
                .containsExactly(new double[] {0.65}, within(1e-9));
    }

    @Test
    void minmaxGivesTheExtremesOfAResponseZeroAndOne() {
        assertThat(Fusion.MINMAX.scores(EVIDENCE, 0.5)).containsExactly(new double[] {0.75, 0.75, 0}, within(1e-9));
    }

    @Test
    void reciprocalRanksCountPlacesAlone() {
        double first = 1;
        double second = 61.0 / 62;
        double third = 61.0 / 63;

        assertThat(Fusion.RRF.scores(EVIDENCE, 0.5))
                .containsExactly(new double[] {(first + second) / 2, (second + first) / 2, third}, within(1e-9));
    }

    @Test
    void theWeightShiftsFromWordsToMeaning() {
        assertThat(Fusion.BOUNDED.scores(EVIDENCE, 0)[0]).isEqualTo(0.8);
        assertThat(Fusion.BOUNDED.scores(EVIDENCE, 1)[0]).isCloseTo(0.5, within(1e-9));
    }

    /** Of a question whose terms allow a BM25 of 10. */
    private static Evidence evidence(double bm25, double cosine) {
        var candidate = new Candidate(Passage.getDefaultInstance(), OptionalDouble.of(bm25), OptionalDouble.of(cosine));
        return Evidence.of(candidate, 10, SCALE);
    }
}
