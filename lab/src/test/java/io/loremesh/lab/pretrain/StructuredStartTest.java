package io.loremesh.lab.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.objective.Batch;
import io.loremesh.trainer.objective.MaskedLoss;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StructuredStartTest {

    private static final ModelConfig CONFIG = DemoRecipe.shape(128, 4, 600);

    /** The reason for the whole construction: from random weights this stands at 1 in 600. */
    @Test
    void repeatsASequenceBeforeAnyTraining() {
        try (Weights weights = StructuredStart.weights(CONFIG, 1)) {
            boolean[] right = MaskedLoss.answersRight(Decoder.of(CONFIG, weights), repetitions());

            int hits = 0;
            for (boolean hit : right) {
                hits += hit ? 1 : 0;
            }
            assertThat((double) hits / right.length).isGreaterThan(.5);
        }
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        try (Weights one = StructuredStart.weights(CONFIG, 4);
                Weights other = StructuredStart.weights(CONFIG, 4)) {
            String name = "model.layers.1.self_attn.q_proj.weight";
            assertThat(one.values(name)).isEqualTo(other.values(name));
        }
    }

    /** Random tokens, twice; each second one is asked for by itself. */
    private static Batch repetitions() {
        Random random = new Random(9);
        List<TokenSequence> sequences = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int[] once = random.ints(12, 8, CONFIG.vocabSize()).toArray();
            int[] twice = new int[25];
            float[] weights = new float[25];
            twice[0] = 1;
            System.arraycopy(once, 0, twice, 1, 12);
            System.arraycopy(once, 0, twice, 13, 12);
            for (int at = 15; at < 25; at += 2) {
                weights[at] = 1;
            }
            sequences.add(new TokenSequence(twice, weights));
        }
        return Batch.of(sequences);
    }
}
