package io.loremesh.model.prompt;

import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.Language;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Qwen's chat format: {@code <|im_start|>role\ncontent<|im_end|>\n} per message, then the assistant's opening. */
public final class ChatMlPrompt implements PromptFormat {
    private static final String END_OF_TURN = "<|im_end|>";

    private final TextTokenizer tokenizer;
    private final int end;
    private final Set<Integer> stop;

    ChatMlPrompt(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.end = Tokens.special(tokenizer, END_OF_TURN);
        this.stop = Stream.of(END_OF_TURN, "<|endoftext|>")
                .flatMap(name -> tokenizer.id(name).stream().boxed())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int[] answer(List<String> passages, String question) {
        return chat(List.of(
                new ChatMessage(Role.SYSTEM, instruction(passages, Language.of(question))),
                new ChatMessage(Role.USER, question)));
    }

    private static String instruction(List<String> passages, Language language) {
        String refusal = Abstention.phrase(language);
        if (passages.isEmpty()) {
            return switch (language) {
                case ZH -> "只用最短的词语回答问题。不知道答案时，只回答“" + refusal + "”。";
                case EN ->
                    "Answer with the shortest phrase. If you do not know the answer, reply only \"" + refusal + "\".";
            };
        }
        String text = String.join("\n", passages);
        return switch (language) {
            case ZH -> "只根据下面的资料，用最短的词语回答问题。资料里没有答案时，只回答“" + refusal + "”。\n\n" + text;
            case EN ->
                "Answer with the shortest phrase, from the passages below only. If they do not "
                        + "hold the answer, reply only \""
                        + refusal + "\".\n\n" + text;
        };
    }

    @Override
    public int[] chat(List<ChatMessage> messages) {
        Tokens tokens = new Tokens(tokenizer);
        for (ChatMessage message : messages) {
            tokens.special("<|im_start|>")
                    .text(message.role().name().toLowerCase(Locale.ROOT) + "\n" + message.content())
                    .special(END_OF_TURN)
                    .text("\n");
        }
        return tokens.special("<|im_start|>").text("assistant\n").toArray();
    }

    @Override
    public int endOfAnswer() {
        return end;
    }

    @Override
    public Set<Integer> stopTokens() {
        return stop;
    }
}
