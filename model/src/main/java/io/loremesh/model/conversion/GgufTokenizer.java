package io.loremesh.model.conversion;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.checkpoint.GgufMetadata;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A GGUF file's byte-level BPE as {@code tokenizer.json} writes it. The file names its pre-tokeniser alone; what the
 * name means stands in {@link PreTokenizer}.
 */
final class GgufTokenizer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "tokenizer.ggml.";
    private static final int USER_DEFINED = 4;
    private static final int CONTROL = 3;

    /** Tokens that end a turn or a text in the families that are supported. */
    private static final Set<String> ENDS =
            Set.of("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|eom_id|>", "<|end_of_text|>", "<|end|>", "</s>");

    private final GgufMetadata metadata;
    private final List<String> tokens;
    private final long[] types;
    private final List<String> merges;
    private final PreTokenizer preTokenizer;

    private GgufTokenizer(
            GgufMetadata metadata, List<String> tokens, long[] types, List<String> merges, PreTokenizer preTokenizer) {
        this.metadata = metadata;
        this.tokens = tokens;
        this.types = types;
        this.merges = merges;
        this.preTokenizer = preTokenizer;
    }

    /** @throws ModelFormatException if its kind or pre-tokeniser is not supported; names the key */
    static GgufTokenizer of(GgufMetadata metadata) {
        String model = metadata.text(KEY + "model");
        if (!model.equals("gpt2")) {
            throw new ModelFormatException(
                    "The GGUF file has " + KEY + "model " + model + "; only gpt2 (byte-level BPE) is supported");
        }
        List<String> tokens = metadata.texts(KEY + "tokens");
        long[] types = metadata.integers(KEY + "token_type");
        if (types.length != tokens.size()) {
            throw new ModelFormatException("The GGUF file has " + types.length + " values of " + KEY + "token_type for "
                    + tokens.size() + " tokens");
        }
        return new GgufTokenizer(
                metadata,
                tokens,
                types,
                metadata.texts(KEY + "merges"),
                PreTokenizer.named(metadata.text(KEY + "pre")));
    }

    ObjectNode json() {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        ObjectNode vocab = JSON.createObjectNode();
        for (int id = 0; id < tokens.size(); id++) {
            String token = tokens.get(id);
            if (types[id] == CONTROL || types[id] == USER_DEFINED) {
                added.addObject()
                        .put("id", id)
                        .put("content", token)
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", types[id] == CONTROL);
            }
            if (vocab.has(token)) {
                throw new ModelFormatException("The GGUF file has the token '" + token + "' twice, as "
                        + vocab.path(token) + " and " + id + "; get it again");
            }
            vocab.put(token, id);
        }
        root.set("normalizer", preTokenizer.normalizer());
        root.set("pre_tokenizer", preTokenizer.json());
        root.putNull("post_processor");
        root.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putNull("dropout").putNull("unk_token").putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", preTokenizer.wholeWords());
        model.set("vocab", vocab);
        merges.forEach(model.putArray("merges")::add);
        return root;
    }

    /** A token that the file names by its role, for instance {@code eos_token_id}. */
    OptionalInt special(String role) {
        if (!metadata.has(KEY + role)) {
            return OptionalInt.empty();
        }
        long id = metadata.integer(KEY + role);
        if (id < 0 || id >= tokens.size()) {
            throw new ModelFormatException(
                    "The GGUF file has " + KEY + role + " " + id + ", but " + tokens.size() + " tokens");
        }
        return OptionalInt.of((int) id);
    }

    String token(int id) {
        return tokens.get(id);
    }

    /** All tokens that end an answer: those that the file names, and the control tokens that are known to. */
    Set<Integer> ends() {
        Set<Integer> ends = new TreeSet<>();
        special("eos_token_id").ifPresent(ends::add);
        special("eot_token_id").ifPresent(ends::add);
        special("eom_token_id").ifPresent(ends::add);
        for (int id = 0; id < tokens.size(); id++) {
            if (types[id] == CONTROL && ENDS.contains(tokens.get(id))) {
                ends.add(id);
            }
        }
        return ends;
    }
}
