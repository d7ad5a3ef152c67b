package io.loremesh.trainer;

import io.loremesh.model.TinyBase;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.objective.Batch;
import io.loremesh.trainer.objective.TokenSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An untrained decoder of a few thousand weights, and random sequences for it. */
public record TinyDecoder(ModelConfig config, Weights weights) {

    public static TinyDecoder in(Path directory) throws IOException {
        TinyBase.write(directory, TinyBase.CONFIG, 11);
        try (Checkpoint checkpoint = Checkpoint.open(directory)) {
            return new TinyDecoder(checkpoint.config(), Weights.of(checkpoint));
        }
    }

    /** Sequences of unlike lengths, a third of their tokens to be predicted. */
    public static List<TokenSequence> sequences(int count, int vocabulary, long seed) {
        Random random = new Random(seed);
        List<TokenSequence> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] tokens = random.ints(6 + random.nextInt(9), 8, vocabulary).toArray();
            float[] weights = new float[tokens.length];
            for (int at = 2; at < tokens.length; at += 3) {
                weights[at] = 1;
            }
            sequences.add(new TokenSequence(tokens, weights));
        }
        return sequences;
    }

    public Batch batch(int count) {
        return Batch.of(sequences(count, config.vocabSize(), 5));
    }
}
