package io.loremesh.model.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.SafetensorsFile;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against gguf-py and llama.cpp; {@code src/test/python/golden_gguf_model.py} makes the files, named by pre-tokeniser.
 */
class GgufConversionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"smollm", "qwen2", "llama-bpe", "gpt-2"})
    void weightsComeOutUnderHuggingFacesNamesInItsLayout(String model) throws Exception {
        GgufConversion.convert(golden(model + ".gguf"), dir, share -> {});

        try (Checkpoint converted = Checkpoint.open(dir);
                SafetensorsFile reference = SafetensorsFile.open(golden(model + ".safetensors"));
                SafetensorsFile written = SafetensorsFile.open(dir.resolve("model.safetensors"))) {
            assertThat(written.names()).containsExactlyInAnyOrderElementsOf(reference.names());
            for (String name : reference.names()) {
                assertThat(converted.tensor(name).dtype())
                        .as(name)
                        .isEqualTo(reference.tensor(name).dtype());
                assertThat(converted.tensor(name).toFloats())
                        .as(name)
                        .containsExactly(reference.tensor(name).toFloats());
            }
            assertThat(converted.config().tiedEmbeddings()).isEqualTo(!model.equals("qwen2"));
            assertThat(converted.config().qkvBias()).isEqualTo(model.equals("qwen2"));
            assertThat(converted.config().rmsNormEps()).isEqualTo(1e-5);
            assertThat(converted.config().ropeTheta()).isEqualTo(1e5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smollm", "qwen2", "llama-bpe", "gpt-2"})
    void textsHaveTheIdsThatLlamaCppGivesThem(String model) throws Exception {
        GgufConversion.convert(golden(model + ".gguf"), dir, share -> {});
        TextTokenizer tokenizer = TextTokenizer.open(dir);
        JsonNode rows = JSON.readTree(golden(model + ".json").toFile());

        assertThat(rows).hasSize(20);
        for (JsonNode row : rows) {
            String text = row.path("text").asText();
            if (model.equals("qwen2") && !Normalizer.isNormalized(text, Form.NFC)) {
                // Qwen's own tokenizer composes what llama.cpp leaves apart; the model was trained with the former.
                assertThat(tokenizer.encodePrompt(text))
                        .as(text)
                        .containsExactly(tokenizer.encodePrompt(Normalizer.normalize(text, Form.NFC)));
                continue;
            }
            int[] expected =
                    row.path("ids").valueStream().mapToInt(JsonNode::asInt).toArray();
            assertThat(tokenizer.encodePrompt(text)).as(text).containsExactly(expected);
        }
    }

    @Test
    void chatTemplateAndAllEndsOfATurnStandBesideTheWeights() throws Exception {
        GgufConversion.convert(golden("qwen2.gguf"), dir, share -> {});

        assertThat(JSON.readTree(dir.resolve("tokenizer_config.json").toFile())
                        .path("chat_template")
                        .asText())
                .startsWith("{% for m in messages %}");
        TextTokenizer tokenizer = TextTokenizer.open(dir);
        List<Integer> ends = new ArrayList<>();
        JSON.readTree(dir.resolve("generation_config.json").toFile())
                .path("eos_token_id")
                .forEach(id -> ends.add(id.asInt()));
        assertThat(ends)
                .containsExactlyInAnyOrder(
                        tokenizer.id("<|endoftext|>").orElseThrow(),
                        tokenizer.id("<|im_end|>").orElseThrow());
    }

    @Test
    void progressEndsAtAll() throws Exception {
        List<Double> shares = new ArrayList<>();

        GgufConversion.convert(golden("smollm.gguf"), dir, shares::add);

        assertThat(shares).isSorted().endsWith(1.0);
    }

    @Test
    void anUnknownKeyTensorPreTokeniserOrArchitectureIsRefusedByItsName() throws Exception {
        assertRefused("llama.rope.freq_base", "llama.rope.freq_what", "llama.rope.freq_what");
        assertRefused("blk.0.attn_q.weight", "blk.0.attn_x.weight", "blk.0.attn_x.weight");
        assertRefused("smollm", "smullm", "tokenizer.ggml.pre smullm");
    }

    /** The file with one word replaced by another of the same length, wherever it stands. */
    private void assertRefused(String word, String other, String named) throws IOException {
        byte[] bytes = Files.readAllBytes(golden("smollm.gguf"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(word);
        Path spoilt = dir.resolve("spoilt.gguf");
        Files.write(spoilt, text.replace(word, other).getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> GgufConversion.convert(spoilt, dir, share -> {}))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(named);
    }

    private Path golden(String name) {
        try {
            return Path.of(getClass().getResource("golden/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
