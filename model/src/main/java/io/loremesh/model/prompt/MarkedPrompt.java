package io.loremesh.model.prompt;

import io.loremesh.model.tokenizer.TextTokenizer;
import java.util.List;
import java.util.Set;

/**
 * The demo base's format: {@code <q> question <ctx> passage <ctx> passage … <a>}, closed-book {@code <q> question <a>};
 * the answer ends with {@code <eos>}.
 */
public final class MarkedPrompt implements PromptFormat {
    private final TextTokenizer tokenizer;
    private final int end;

    MarkedPrompt(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.end = Tokens.special(tokenizer, "<eos>");
    }

    @Override
    public int[] answer(List<String> passages, String question) {
        Tokens tokens = new Tokens(tokenizer).special("<q>").text(question);
        passages.forEach(passage -> tokens.special("<ctx>").text(passage));
        return tokens.special("<a>").toArray();
    }

    /** This base knows no dialogue: the last user message is the question, a system text serves as its passages. */
    @Override
    public int[] chat(List<ChatMessage> messages) {
        String question = messages.reversed().stream()
                .filter(message -> message.role() == Role.USER)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The conversation has no user message; add one"))
                .content();
        List<String> passages = messages.stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .map(ChatMessage::content)
                .toList();
        return answer(passages, question);
    }

    @Override
    public int endOfAnswer() {
        return end;
    }

    @Override
    public Set<Integer> stopTokens() {
        return Set.of(end);
    }
}
