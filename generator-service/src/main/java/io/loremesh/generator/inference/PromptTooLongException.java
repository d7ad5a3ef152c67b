package io.loremesh.generator.inference;

/** A prompt that does not fit the context, with a token to spare for the answer. */
public final class PromptTooLongException extends IllegalArgumentException {
    PromptTooLongException(int tokens, int limit) {
        super("The prompt has " + tokens + " tokens, but the context takes " + limit + "; shorten the text");
    }
}
