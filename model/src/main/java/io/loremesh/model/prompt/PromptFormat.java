package io.loremesh.model.prompt;

import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.util.List;
import java.util.Set;

/** How a model wants to be asked. The sequences end where the model's answer begins. Safe for concurrent use. */
public sealed interface PromptFormat permits MarkedPrompt, ChatMlPrompt {

    /**
     * The format that a tokenizer's special tokens tell.
     *
     * @throws ModelFormatException if the vocabulary has the marks of neither format
     */
    static PromptFormat of(TextTokenizer tokenizer) {
        if (tokenizer.id("<q>").isPresent() && tokenizer.id("<a>").isPresent()) {
            return new MarkedPrompt(tokenizer);
        }
        if (tokenizer.id("<|im_start|>").isPresent()) {
            return new ChatMlPrompt(tokenizer);
        }
        throw new ModelFormatException("The tokenizer has neither <q> and <a> nor <|im_start|>, so its prompt format "
                + "is unknown; use a base with one");
    }

    /**
     * A question with the passages to answer from; without passages it is asked closed-book, from the weights alone.
     */
    int[] answer(List<String> passages, String question);

    /** A conversation. */
    int[] chat(List<ChatMessage> messages);

    /** The one token with which this format itself ends an answer: what training rows end with. */
    int endOfAnswer();

    /** The tokens that end a decoding, {@link #endOfAnswer()} among them; they are no part of the answer. */
    Set<Integer> stopTokens();
}
