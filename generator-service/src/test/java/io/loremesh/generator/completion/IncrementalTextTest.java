package io.loremesh.generator.completion;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.TinyBase;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiny tokenizer has a token per byte, so that every Chinese character comes in pieces. */
class IncrementalTextTest {
    @TempDir
    Path dir;

    private TextTokenizer tokenizer;

    @BeforeEach
    void open() throws IOException {
        tokenizer = TextTokenizer.open(TinyBase.write(dir, TinyBase.CONFIG, 1));
    }

    @Test
    void aCharacterIsHandedOutWholeOrNotYet() {
        IncrementalText text = new IncrementalText(tokenizer, List.of());
        List<String> deltas = feed(text, "老王");
        deltas.add(text.takeRest());

        assertThat(deltas).containsExactly("老", "王");
        assertThat(text.text()).isEqualTo("老王");
    }

    @Test
    void theTextEndsBeforeAStopOfWhichNothingIsShown() {
        IncrementalText text = new IncrementalText(tokenizer, List.of("cd"));
        List<String> deltas = feed(text, "abcdef");

        assertThat(String.join("", deltas)).isEqualTo("ab");
        assertThat(text.text()).isEqualTo("ab");
    }

    @Test
    void theBeginningOfAStopThatDoesNotComeIsShownAtTheEnd() {
        IncrementalText text = new IncrementalText(tokenizer, List.of("cd"));
        List<String> deltas = feed(text, "abc");
        deltas.add(text.takeRest());

        assertThat(String.join("", deltas)).isEqualTo("abc");
    }

    /** The demo base spells "qx" with two tokens, and its decoder sets a single letter after a number close to it. */
    @Test
    void aDecoderThatThinksBetterOfABlankIsHeard() throws IOException {
        tokenizer = TextTokenizer.open(Path.of("../models/demo"));
        IncrementalText text = new IncrementalText(tokenizer, List.of());
        List<String> deltas = feed(text, "12 qx");
        deltas.add(text.takeRest());

        assertThat(tokenizer.encode("qx")).hasSize(2);
        assertThat(String.join("", deltas)).isEqualTo("12 qx");
        assertThat(text.text()).isEqualTo("12 qx");
    }

    private List<String> feed(IncrementalText text, String words) {
        List<String> deltas = new ArrayList<>();
        for (int token : tokenizer.encode(words)) {
            text.append(token);
            boolean stopped = text.cutAtStop();
            String delta = text.takeDelta();
            if (!delta.isEmpty()) {
                deltas.add(delta);
            }
            if (stopped) {
                break;
            }
        }
        return deltas;
    }
}
