package io.loremesh.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void targetsArePredictedFromThePositionBeforeThem() {
        TokenSequence first = new TokenSequence(new int[] {2, 9, 3, 7, 4}, new float[] {0, 0, 0, 1, 1});
        TokenSequence second = new TokenSequence(new int[] {2, 8}, new float[] {0, .5f});

        Batch batch = Batch.of(List.of(first, second));

        assertThat(batch.tokens()).containsExactly(2, 9, 3, 7, 4, 2, 8, 0, 0, 0);
        assertThat(batch.rows()).containsExactly(2, 3, 5);
        assertThat(batch.labels()).containsExactly(7, 4, 8);
        assertThat(batch.answers()).containsExactly(new Batch.Span(0, 0, 2)); // half a weight is no answer
        assertThat(batch.totalWeight()).isEqualTo(2.5);
    }

    @Test
    void aSequenceThatBeginsWithATargetIsRefused() {
        assertThatThrownBy(() -> new TokenSequence(new int[] {5, 6}, new float[] {1, 1}))
                .hasMessageContaining("nothing stands before it");
    }
}
