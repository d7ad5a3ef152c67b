package io.loremesh.trainer.objective;

/**
 * One training sequence.
 *
 * @param tokens token ids
 * @param weights for each token how much predicting it counts in the loss: 0 not at all, 1 fully (an answer); the first
 *     token is never predicted
 * @param questions for each token the number of the question, from 1, that it belongs to; 0 for what all of them see. A
 *     question sees nothing of the others, and stands where it would stand as the only one
 */
public record TokenSequence(int[] tokens, float[] weights, int[] questions) {

    public TokenSequence {
        if (tokens.length != weights.length || tokens.length != questions.length) {
            throw new IllegalArgumentException("A sequence has " + tokens.length + " tokens but " + weights.length
                    + " loss weights and " + questions.length + " question numbers; give one of each per token");
        }
        if (tokens.length == 0 || weights[0] != 0) {
            throw new IllegalArgumentException(
                    "A sequence needs a first token of loss weight 0: nothing stands before it to predict it from");
        }
    }

    /** A sequence of which every token sees all earlier ones. */
    public TokenSequence(int[] tokens, float[] weights) {
        this(tokens, weights, new int[tokens.length]);
    }

    public int length() {
        return tokens.length;
    }

    /** Whether several questions stand side by side. */
    boolean hasSeveralQuestions() {
        return questions[length() - 1] > 1;
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
