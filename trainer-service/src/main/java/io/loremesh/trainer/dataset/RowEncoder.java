package io.loremesh.trainer.dataset;

import io.loremesh.model.prompt.PromptFormat;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.Arrays;

/**
 * Writes a row as the tokens that the served model will see: the same prompt, then the answer and its end, which alone
 * count.
 */
public final class RowEncoder {

    private final TextTokenizer tokenizer;
    private final PromptFormat prompt;
    private final int end;

    public RowEncoder(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.prompt = PromptFormat.of(tokenizer);
        this.end = prompt.endOfAnswer();
    }

    /** What texts become tokens by. */
    public TextTokenizer tokenizer() {
        return tokenizer;
    }

    public TokenSequence encode(Row row) {
        int[] asked = prompt.answer(row.passages(), row.question());
        int[] answer = tokenizer.encode(row.answer());
        int[] tokens = Arrays.copyOf(asked, asked.length + answer.length + 1);
        System.arraycopy(answer, 0, tokens, asked.length, answer.length);
        tokens[tokens.length - 1] = end;
        float[] weights = new float[tokens.length];
        Arrays.fill(weights, asked.length, tokens.length, 1);
        return new TokenSequence(tokens, weights);
    }
}
