package io.loremesh.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.model.TinyBase;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowEncoderTest {
    private static final int IM_END = 6;

    @TempDir
    Path dir;

    @Test
    void theRowsOfAChatModelEndWithTheEndOfItsTurns() throws Exception {
        TinyBase.write(dir, TinyBase.CONFIG, 1);
        Path file = dir.resolve("tokenizer.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("\"<s5>\"", "\"<|im_start|>\"")
                        .replace("\"<s6>\"", "\"<|im_end|>\"")
                        .replace("\"<s7>\"", "\"<|endoftext|>\"")
                        .replace("\"<q>\"", "\"<x>\""));

        var row = new RowEncoder(TextTokenizer.open(dir)).encode(new Row(List.of(), "谁？", "猫"));

        assertThat(row.tokens()[row.tokens().length - 1]).isEqualTo(IM_END);
    }
}
