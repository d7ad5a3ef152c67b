package io.loremesh.model.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every parameter of a decoder by the name that Llama gives it, with its shape; weights are [out, in]. */
public final class ParameterShapes {
    /** The seven linear maps of a block, the ones that an adapter may change. */
    public static final List<String> LINEARS = List.of(
            "self_attn.q_proj",
            "self_attn.k_proj",
            "self_attn.v_proj",
            "self_attn.o_proj",
            "mlp.gate_proj",
            "mlp.up_proj",
            "mlp.down_proj");

    private ParameterShapes() {}

    /** All parameters, in the order of the forward pass. */
    public static Map<String, long[]> of(ModelConfig config) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new long[] {config.vocabSize(), config.hiddenSize()});
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "model.layers." + layer + ".";
            shapes.put(block + "input_layernorm.weight", new long[] {config.hiddenSize()});
            for (String linear : LINEARS) {
                long[] shape = linear(config, linear);
                shapes.put(block + linear + ".weight", shape);
                if (config.qkvBias() && linear.matches("self_attn\\.[qkv]_proj")) {
                    shapes.put(block + linear + ".bias", new long[] {shape[0]});
                }
            }
            if (config.family().headNorm()) {
                shapes.put(block + "self_attn.q_norm.weight", new long[] {config.headDim()});
                shapes.put(block + "self_attn.k_norm.weight", new long[] {config.headDim()});
            }
            shapes.put(block + "post_attention_layernorm.weight", new long[] {config.hiddenSize()});
        }
        shapes.put("model.norm.weight", new long[] {config.hiddenSize()});
        if (!config.tiedEmbeddings()) {
            shapes.put("lm_head.weight", new long[] {config.vocabSize(), config.hiddenSize()});
        }
        return shapes;
    }

    /** The [out, in] of one of {@link #LINEARS}. */
    public static long[] linear(ModelConfig config, String linear) {
        long hidden = config.hiddenSize();
        long inner = config.intermediateSize();
        long attention = (long) config.heads() * config.headDim();
        long grouped = (long) config.kvHeads() * config.headDim();
        return switch (linear) {
            case "self_attn.q_proj" -> new long[] {attention, hidden};
            case "self_attn.k_proj", "self_attn.v_proj" -> new long[] {grouped, hidden};
            case "self_attn.o_proj" -> new long[] {hidden, attention};
            case "mlp.gate_proj", "mlp.up_proj" -> new long[] {inner, hidden};
            case "mlp.down_proj" -> new long[] {hidden, inner};
            default ->
                throw new IllegalArgumentException(linear + " is not a linear map of a block; known are " + LINEARS);
        };
    }
}
