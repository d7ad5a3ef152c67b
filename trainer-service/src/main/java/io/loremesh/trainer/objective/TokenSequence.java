package io.loremesh.trainer.objective;

/**
 * One training sequence.
 *
 * @param tokens token ids
 * @param weights for each token how much predicting it counts in the loss: 0 not at all, 1 fully (an answer); the first
 *     token is never predicted
 */
public record TokenSequence(int[] tokens, float[] weights) {

    public TokenSequence {
        if (tokens.length != weights.length) {
            throw new IllegalArgumentException("A sequence has " + tokens.length + " tokens but " + weights.length
                    + " loss weights; give one weight per token");
        }
        if (tokens.length == 0 || weights[0] != 0) {
            throw new IllegalArgumentException(
                    "A sequence needs a first token of loss weight 0: nothing stands before it to predict it from");
        }
    }

    public int length() {
        return tokens.length;
    }

    /** How many tokens the loss counts. */
    public int targetCount() {
        int count = 0;
        for (float weight : weights) {
            if (weight > 0) {
                count++;
            }
        }
        return count;
    }
}
