package io.loremesh.lab.vocabulary;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.lab.curriculum.Marker;
import io.loremesh.lab.vocabulary.MergeLearner.Merge;
import java.util.Collection;
import java.util.List;

/** The files of a Hugging Face fast tokenizer (the format of the {@code tokenizers} library). */
final class TokenizerJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** A Latin word; any other character stands alone. */
    private static final String PIECE = "\\p{Latin}+|[^\\p{Latin}]";

    /**
     * The blanks that the pieces brought in and the text had not: all but those between two Latin words, after a comma
     * or a closing mark before one, and between a number and a word of two letters or more ("3 apples", but "A7").
     */
    private static final String FALSE_BLANK = "(?<![\\p{Latin},;:!?0-9]) | (?![\\p{Latin}0-9])|(?<=[0-9]) "
            + "(?!\\p{Latin}{2}|\\p{Latin} ?')|(?<=[,;:!?]) (?=[0-9])|(?<!\\p{Latin}{2}) (?=[0-9])";

    private TokenizerJson() {}

    static ObjectNode tokenizer(List<String> specials, Collection<String> tokens, List<Merge> merges) {
        ObjectNode root = NODES.objectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < specials.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", specials.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        root.set("pre_tokenizer", preTokenizer());
        root.putNull("post_processor");
        root.set("decoder", decoder());
        root.set("model", model(tokens, merges));
        return root;
    }

    private static ObjectNode preTokenizer() {
        ObjectNode sequence = NODES.objectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("pretokenizers");
        steps.add(split("\\s+", "Removed"));
        steps.add(split(PIECE, "Isolated"));
        steps.add(byteLevel());
        return sequence;
    }

    private static ObjectNode split(String regex, String behaviour) {
        ObjectNode split = NODES.objectNode().put("type", "Split");
        split.putObject("pattern").put("Regex", regex);
        return split.put("behavior", behaviour).put("invert", false);
    }

    private static ObjectNode byteLevel() {
        return NODES.objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    private static ObjectNode decoder() {
        ObjectNode sequence = NODES.objectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("decoders");
        steps.add(byteLevel());
        ObjectNode replace = steps.addObject().put("type", "Replace");
        replace.putObject("pattern").put("Regex", FALSE_BLANK);
        replace.put("content", "");
        return sequence;
    }

    private static ObjectNode model(Collection<String> tokens, List<Merge> merges) {
        ObjectNode model = NODES.objectNode()
                .put("type", "BPE")
                .putNull("dropout")
                .putNull("unk_token")
                .putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix")
                .put("fuse_unk", false)
                .put("byte_fallback", false)
                .put("ignore_merges", true);
        ObjectNode vocabulary = model.putObject("vocab");
        int id = 0;
        for (String token : tokens) {
            vocabulary.put(token, id++);
        }
        ArrayNode pairs = model.putArray("merges");
        merges.forEach(merge -> pairs.add(merge.left() + " " + merge.right()));
        return model;
    }

    static ObjectNode config() {
        ObjectNode config = specialTokens();
        return config.put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("clean_up_tokenization_spaces", false)
                .put("model_max_length", 512);
    }

    static ObjectNode specialTokens() {
        return NODES.objectNode().put("pad_token", Marker.PAD.token()).put("eos_token", Marker.EOS.token());
    }
}
