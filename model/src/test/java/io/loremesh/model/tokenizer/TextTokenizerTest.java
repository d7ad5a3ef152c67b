package io.loremesh.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.model.TinyBase;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {
    @TempDir
    Path dir;

    @Test
    void decodingUndoesEncoding() throws IOException {
        TextTokenizer tokenizer = TextTokenizer.open(TinyBase.write(dir, TinyBase.CONFIG, 1));

        int[] ids = tokenizer.encode("哥哥JIM今年10岁");

        assertThat(tokenizer.decode(ids)).isEqualTo("哥哥JIM今年10岁");
        assertThat(tokenizer.decode(tokenizer.encode("white cat"))).isEqualTo("white cat");
    }

    @Test
    void aSpecialTokensNameInATextIsPlainText() throws IOException {
        TextTokenizer tokenizer = TextTokenizer.open(TinyBase.write(dir, TinyBase.CONFIG, 1));
        int open = tokenizer.id("<a>").orElseThrow();

        assertThat(tokenizer.encode("who? <a> me <eos>")).doesNotContain(open).doesNotContain(4);
        assertThat(tokenizer.encodePrompt("<q> who? <a>")).startsWith(2).endsWith(open);
    }

    @Test
    void specialsLeaveNoTraceInDecodedText() throws IOException {
        TextTokenizer tokenizer = TextTokenizer.open(TinyBase.write(dir, TinyBase.CONFIG, 1));
        int[] word = tokenizer.encode("cat");
        int[] ids = new int[word.length + 1];
        System.arraycopy(word, 0, ids, 0, word.length);
        ids[word.length] = tokenizer.id("<eos>").orElseThrow();

        assertThat(tokenizer.decode(ids)).isEqualTo("cat");
        assertThat(tokenizer.vocabSize()).isEqualTo(264);
        assertThat(tokenizer.id("absent")).isEmpty();
    }

    @Test
    void aBrokenFileIsRefusedByName() throws IOException {
        Files.writeString(dir.resolve("tokenizer.json"), "{\"model\":{\"type\":\"None\",\"vocab\":{\"a\":0}}}");

        assertThatThrownBy(() -> TextTokenizer.open(dir))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("tokenizer.json");
    }
}
