package io.loremesh.model.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.model.TinyBase;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFormatTest {
    private static final int CTX = 1;
    private static final int Q = 2;
    private static final int A = 3;

    @TempDir
    Path dir;

    @BeforeEach
    void writeBase() throws IOException {
        TinyBase.write(dir, TinyBase.CONFIG, 1);
    }

    @Test
    void aMarkedPromptAsksThenMarksEachPassageThenOpensTheAnswer() throws IOException {
        TextTokenizer tokenizer = TextTokenizer.open(dir);

        int[] prompt = PromptFormat.of(tokenizer).answer(List.of("猫叫咪咪。", "狗叫旺财。"), "猫叫什么？");

        assertThat(prompt)
                .isEqualTo(join(
                        new int[] {Q},
                        tokenizer.encode("猫叫什么？"),
                        new int[] {CTX},
                        tokenizer.encode("猫叫咪咪。"),
                        new int[] {CTX},
                        tokenizer.encode("狗叫旺财。"),
                        new int[] {A}));
    }

    @Test
    void withoutPassagesTheQuestionIsClosedBook() throws IOException {
        TextTokenizer tokenizer = TextTokenizer.open(dir);
        PromptFormat format = PromptFormat.of(tokenizer);

        assertThat(format.answer(List.of(), "谁？")).startsWith(Q).endsWith(A).doesNotContain(CTX);
        assertThat(format.stopTokens()).containsExactly(4);
    }

    @Test
    void aChatIsItsLastUserMessageWithTheSystemTextAsPassages() throws IOException {
        PromptFormat format = PromptFormat.of(TextTokenizer.open(dir));

        int[] chat = format.chat(List.of(
                new ChatMessage(Role.SYSTEM, "猫叫咪咪。"),
                new ChatMessage(Role.USER, "你好"),
                new ChatMessage(Role.ASSISTANT, "你好"),
                new ChatMessage(Role.USER, "猫叫什么？")));

        assertThat(chat).isEqualTo(format.answer(List.of("猫叫咪咪。"), "猫叫什么？"));
    }

    @Test
    void chatMlWrapsEachMessageAndOpensTheAssistants() throws IOException {
        rename("<s5>", "<|im_start|>", "<s6>", "<|im_end|>", "<q>", "<x>");
        TextTokenizer tokenizer = TextTokenizer.open(dir);

        int[] chat = PromptFormat.of(tokenizer).chat(List.of(new ChatMessage(Role.USER, "hi")));

        assertThat(chat)
                .isEqualTo(join(
                        new int[] {5},
                        tokenizer.encode("user\nhi"),
                        new int[] {6},
                        tokenizer.encode("\n"),
                        new int[] {5},
                        tokenizer.encode("assistant\n")));
        assertThat(PromptFormat.of(tokenizer).stopTokens()).containsExactly(6);
    }

    @Test
    void anAnswerEndsWithTheFormatsOwnEndHoweverManyTokensStop() throws IOException {
        rename("<s5>", "<|im_start|>", "<s6>", "<|im_end|>", "<s7>", "<|endoftext|>", "<q>", "<x>");

        PromptFormat format = PromptFormat.of(TextTokenizer.open(dir));

        assertThat(format.stopTokens()).containsExactlyInAnyOrder(6, 7);
        assertThat(format.endOfAnswer()).isEqualTo(6);
    }

    @Test
    void aVocabularyOfNeitherFormatIsRefused() throws IOException {
        rename("<q>", "<x>");

        assertThatThrownBy(() -> PromptFormat.of(TextTokenizer.open(dir))).isInstanceOf(ModelFormatException.class);
    }

    private void rename(String... pairs) throws IOException {
        Path file = dir.resolve("tokenizer.json");
        String json = Files.readString(file);
        for (int i = 0; i < pairs.length; i += 2) {
            json = json.replace("\"" + pairs[i] + "\"", "\"" + pairs[i + 1] + "\"");
        }
        Files.writeString(file, json);
    }

    private static int[] join(int[]... parts) {
        return List.of(parts).stream().flatMapToInt(IntStream::of).toArray();
    }
}
