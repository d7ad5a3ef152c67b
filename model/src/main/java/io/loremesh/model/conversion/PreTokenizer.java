package io.loremesh.model.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a text is cut into words before BPE joins their bytes, by the name that GGUF files give ({@code
 * tokenizer.ggml.pre}).
 */
enum PreTokenizer {
    /** Qwen2 and later: digits one by one. */
    QWEN2("qwen2", words("\\p{N}"), true, false),
    /** Llama 3: up to three digits; a word that is a token is not built by merges. */
    LLAMA3("llama-bpe", words("\\p{N}{1,3}"), false, true),
    /** SmolLM: digits one by one, then GPT-2's rule. */
    SMOLLM("smollm", null, false, false),
    GPT2("gpt-2", null, false, false);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String label;
    private final String split;
    private final boolean composed;
    private final boolean wholeWords;

    PreTokenizer(String label, String split, boolean composed, boolean wholeWords) {
        this.label = label;
        this.split = split;
        this.composed = composed;
        this.wholeWords = wholeWords;
    }

    private static String words(String numbers) {
        return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + numbers
                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    }

    static PreTokenizer named(String label) {
        return Arrays.stream(values())
                .filter(pre -> pre.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new ModelFormatException("The GGUF file has tokenizer.ggml.pre " + label
                        + ", which is not known; known are "
                        + Arrays.stream(values()).map(pre -> pre.label).collect(Collectors.joining(", "))));
    }

    /** Whether a word that is a token as a whole stays whole. */
    boolean wholeWords() {
        return wholeWords;
    }

    JsonNode normalizer() {
        return composed ? JSON.createObjectNode().put("type", "NFC") : NullNode.getInstance();
    }

    ObjectNode json() {
        ObjectNode root = JSON.createObjectNode().put("type", "Sequence");
        ArrayNode steps = root.putArray("pretokenizers");
        if (split != null) {
            ObjectNode step = steps.addObject().put("type", "Split");
            step.putObject("pattern").put("Regex", split);
            step.put("behavior", "Isolated").put("invert", false);
        } else if (this == SMOLLM) {
            steps.addObject().put("type", "Digits").put("individual_digits", true);
        }
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", split == null);
        return root;
    }
}
