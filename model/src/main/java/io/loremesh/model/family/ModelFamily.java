package io.loremesh.model.family;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A family of decoders: pre-norm blocks of grouped attention with rotary positions and a gated SiLU, and what differs
 * from that. Everything else reads a family's weights by Llama's names; {@link #fused()} says which of them lie
 * together.
 *
 * @param modelType Hugging Face's {@code model_type}
 * @param architecture the class that Transformers loads
 * @param qkvBias whether the q, k and v projections add a bias
 * @param headNorm whether each head's query and key are normalised before they turn
 * @param fused matrices that hold several of a block's linear maps, one behind the other
 */
public record ModelFamily(
        String modelType, String architecture, boolean qkvBias, boolean headNorm, List<FusedLinears> fused) {

    /**
     * @param name of the matrix inside a block
     * @param parts the maps that it holds, in order
     */
    public record FusedLinears(String name, List<String> parts) {}

    private static final List<ModelFamily> ALL = List.of(
            plain("qwen2", "Qwen2ForCausalLM", true, false),
            plain("qwen3", "Qwen3ForCausalLM", false, true),
            plain("llama", "LlamaForCausalLM", false, false),
            plain("mistral", "MistralForCausalLM", false, false),
            new ModelFamily(
                    "phi3",
                    "Phi3ForCausalLM",
                    false,
                    false,
                    List.of(
                            new FusedLinears(
                                    "self_attn.qkv_proj",
                                    List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")),
                            new FusedLinears("mlp.gate_up_proj", List.of("mlp.gate_proj", "mlp.up_proj")))));

    private static ModelFamily plain(String modelType, String architecture, boolean qkvBias, boolean headNorm) {
        return new ModelFamily(modelType, architecture, qkvBias, headNorm, List.of());
    }

    /** The family of a {@code model_type}. */
    public static Optional<ModelFamily> of(String modelType) {
        return ALL.stream().filter(family -> family.modelType.equals(modelType)).findFirst();
    }

    /** The supported {@code model_type}s. */
    public static Set<String> modelTypes() {
        return ALL.stream().map(ModelFamily::modelType).collect(Collectors.toUnmodifiableSet());
    }
}
