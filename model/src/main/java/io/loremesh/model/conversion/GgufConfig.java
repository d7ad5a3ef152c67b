package io.loremesh.model.conversion;

import io.loremesh.model.checkpoint.GgufFile;
import io.loremesh.model.checkpoint.GgufMetadata;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.util.Map;
import java.util.Set;

/** The model's shape as a GGUF file tells it. Every key of the architecture must be known; none is assumed. */
final class GgufConfig {
    private static final Map<String, String> ARCHITECTURES =
            Map.of("llama", "LlamaForCausalLM", "qwen2", "Qwen2ForCausalLM");
    private static final Set<String> KNOWN = Set.of(
            "block_count",
            "context_length",
            "embedding_length",
            "feed_forward_length",
            "attention.head_count",
            "attention.head_count_kv",
            "attention.key_length",
            "attention.value_length",
            "attention.layer_norm_rms_epsilon",
            "rope.freq_base",
            "rope.dimension_count",
            "rope.scaling.type",
            "vocab_size");

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final String architecture;

    GgufConfig(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = metadata.text("general.architecture");
    }

    ModelConfig read() {
        if (!ARCHITECTURES.containsKey(architecture)) {
            throw refusal("general.architecture", architecture, "supported are " + ARCHITECTURES.keySet());
        }
        for (String key : metadata.keys()) {
            if (key.startsWith(architecture + ".") && !KNOWN.contains(key.substring(architecture.length() + 1))) {
                throw refusal(key, "something", "it is unknown, and ignoring it could change every answer");
            }
        }
        if (metadata.has(key("rope.scaling.type"))
                && !metadata.text(key("rope.scaling.type")).equals("none")) {
            throw refusal(key("rope.scaling.type"), metadata.text(key("rope.scaling.type")), "only none is supported");
        }
        int hidden = integer("embedding_length");
        int heads = integer("attention.head_count");
        if (heads < 1) {
            throw refusal(key("attention.head_count"), heads, "it must be above 0");
        }
        int headDim = metadata.has(key("attention.key_length")) ? integer("attention.key_length") : hidden / heads;
        for (String same : new String[] {"attention.value_length", "rope.dimension_count"}) {
            if (metadata.has(key(same)) && integer(same) != headDim) {
                throw refusal(key(same), integer(same), "only " + headDim + ", the size of a head, is supported");
            }
        }
        return new ModelConfig(
                ARCHITECTURES.get(architecture),
                architecture,
                hidden,
                integer("block_count"),
                heads,
                metadata.has(key("attention.head_count_kv")) ? integer("attention.head_count_kv") : heads,
                headDim,
                integer("feed_forward_length"),
                vocabulary(),
                integer("context_length"),
                metadata.has(key("rope.freq_base")) ? rounded("rope.freq_base") : 10_000,
                rounded("attention.layer_norm_rms_epsilon"),
                !file.names().contains("output.weight"),
                file.names().contains("blk.0.attn_q.bias"));
    }

    /** The embedding's rows: padded at times beyond the tokenizer's list. */
    private int vocabulary() {
        return Math.toIntExact(file.tensor("token_embd.weight").shape()[0]);
    }

    private int integer(String name) {
        long value = metadata.integer(key(name));
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw refusal(key(name), value, "it must be an integer of 32 bits, not negative");
        }
        return (int) value;
    }

    /** A number that was written with 32 bits, by the decimal digits that it was meant to have. */
    private double rounded(String name) {
        return Double.parseDouble(Float.toString((float) metadata.real(key(name))));
    }

    private String key(String name) {
        return architecture + "." + name;
    }

    private ModelFormatException refusal(String key, Object value, String why) {
        return new ModelFormatException(file.file() + " has " + key + " " + value + "; " + why);
    }
}
