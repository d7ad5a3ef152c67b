package io.loremesh.model.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A checkpoint's tokenizer, read from {@code tokenizer.json}; nothing is ever downloaded. Safe for concurrent use.
 *
 * <p>Its native library is unpacked to {@code ~/.djl.ai}; set the environment variable {@code DJL_CACHE_DIR} (or the
 * system property of that name) where the home directory is read-only.
 */
public final class TextTokenizer {
    static {
        // A tokenizer that is not in the directory is an error to report, never a reason to reach for the network.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> ids;
    private final Pattern specials;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, Map<String, Integer> ids, Pattern specials) {
        this.tokenizer = tokenizer;
        this.ids = ids;
        this.specials = specials;
    }

    /**
     * Reads {@code tokenizer.json} of a checkpoint directory.
     *
     * @throws ModelFormatException if it is absent or malformed
     */
    public static TextTokenizer open(Path dir) throws IOException {
        Path file = dir.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(
                    dir + " has no tokenizer.json; point to a Hugging Face checkpoint directory");
        }
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        Map<String, Integer> ids = new HashMap<>();
        json.path("model")
                .path("vocab")
                .properties()
                .forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
        json.path("added_tokens")
                .forEach(t -> ids.put(t.path("content").asText(), t.path("id").asInt()));
        if (ids.isEmpty()) {
            throw new ModelFormatException(file + " has no vocabulary; get it again");
        }
        Pattern specials = Pattern.compile(json.path("added_tokens")
                .valueStream()
                .filter(t -> t.path("special").asBoolean())
                .map(t -> Pattern.quote(t.path("content").asText()))
                .collect(Collectors.joining("|")));
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optAddSpecialTokens(false)
                    .optTruncation(false)
                    .optPadding(false)
                    .build();
            return new TextTokenizer(tokenizer, Map.copyOf(ids), specials);
        } catch (RuntimeException malformed) {
            throw new ModelFormatException(file + " is not a usable tokenizer: " + malformed.getMessage(), malformed);
        }
    }

    /**
     * The ids of a text, with no special token added. A special token's name inside the text is read as plain text:
     * what a user writes can never end a prompt or open an answer.
     */
    public int[] encode(String text) {
        if (specials.pattern().isEmpty()) {
            return encodePrompt(text);
        }
        return encodePrompt(specials.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(
                        m.group().charAt(0) + " " + m.group().substring(1))));
    }

    /** The ids of a raw prompt, in which a special token's name is that token. */
    public int[] encodePrompt(String prompt) {
        return Arrays.stream(tokenizer.encode(prompt, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** The text of token ids; special tokens leave no trace. */
    public String decode(int[] tokens) {
        return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), true);
    }

    /** The id of a token by its exact name, special or not. */
    public OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** One more than the greatest id; the model's vocabulary may be padded beyond it. */
    public int vocabSize() {
        return ids.values().stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
    }
}
