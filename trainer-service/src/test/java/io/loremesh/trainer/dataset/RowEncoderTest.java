package io.loremesh.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.TinyBase;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.objective.TokenSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowEncoderTest {

    private static final Row ROW = new Row(List.of("Hugo is a baker."), "What is Hugo?", "a baker");

    @TempDir
    Path directory;

    @BeforeEach
    void writeBase() throws IOException {
        TinyBase.write(directory, TinyBase.CONFIG, 1);
    }

    /** Both orders of the two stop tokens' ids: the first of an unordered set is one or the other. */
    @ParameterizedTest
    @CsvSource({"<s6>, <s7>", "<s7>, <s6>"})
    void aChatModelsRowEndsWithTheTurnAndNothingElse(String turn, String text) throws IOException {
        Path file = directory.resolve("tokenizer.json");
        String vocabulary = Files.readString(file)
                .replace("\"<q>\"", "\"<x>\"")
                .replace("\"<s5>\"", "\"<|im_start|>\"")
                .replace("\"" + turn + "\"", "\"<|im_end|>\"")
                .replace("\"" + text + "\"", "\"<|endoftext|>\"");
        Files.writeString(file, vocabulary);

        assertThat(lastToken()).isEqualTo(idOf("<|im_end|>"));
    }

    @Test
    void aMarkedRowEndsWithItsMark() throws IOException {
        assertThat(lastToken()).isEqualTo(idOf("<eos>"));
    }

    private int lastToken() throws IOException {
        TokenSequence sequence = new RowEncoder(TextTokenizer.open(directory)).encode(ROW);
        assertThat(sequence.weights()).endsWith(1f); // the end is learned
        return sequence.tokens()[sequence.length() - 1];
    }

    private int idOf(String token) throws IOException {
        return TextTokenizer.open(directory).id(token).orElseThrow();
    }
}
