package io.loremesh.generator.completion;

import io.loremesh.generator.inference.FinishReason;
import java.time.Duration;

/**
 * A decoded text with what it took.
 *
 * @param confidence exp of the mean log-probability of its tokens, the end token included; 0 to 1
 * @param doubt how likely the text was to begin with one of the generation's watched tokens instead; 0 to 1
 * @param queue waiting for a place in the batch
 * @param firstToken from the request to its first token
 */
public record DecodedText(
        String text,
        FinishReason finish,
        int promptTokens,
        int completionTokens,
        double confidence,
        double doubt,
        Duration queue,
        Duration firstToken) {
    private static final int REPEATS = 3;

    /** What a tokenizer shows for bytes that are no character. */
    static final char NO_CHARACTER = '\uFFFD';

    /** Whether some of its bytes are no characters: a small model's failed attempt at a word outside its vocabulary. */
    public boolean broken() {
        return text.indexOf(NO_CHARACTER) >= 0;
    }

    /** The same decoding, refused: what was decoded is no answer, and how sure the model was of it tells nothing. */
    public DecodedText refused(String refusal) {
        return new DecodedText(refusal, finish, promptTokens, completionTokens, 0, doubt, queue, firstToken);
    }

    /** The same decoding, told as cut by the limit of tokens. */
    public DecodedText cut() {
        return new DecodedText(
                text, FinishReason.LENGTH, promptTokens, completionTokens, confidence, doubt, queue, firstToken);
    }

    /** The same decoding with another text shown for it. */
    public DecodedText saying(String other) {
        return new DecodedText(other, finish, promptTokens, completionTokens, confidence, doubt, queue, firstToken);
    }

    /** Whether it ends in a part said three times over: a model that runs away says no more with more tokens. */
    public boolean repeats() {
        for (int period = 1; period * REPEATS <= text.length(); period++) {
            String tail = text.substring(text.length() - period * REPEATS);
            if (tail.substring(period).equals(tail.substring(0, tail.length() - period)) && !tail.isBlank()) {
                return true;
            }
        }
        return false;
    }
}
