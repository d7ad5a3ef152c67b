package io.loremesh.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The shape of a decoder of the Qwen2 family, as Hugging Face's {@code config.json} writes it: pre-norm blocks of
 * grouped attention with rotary positions (halves rotated, not pairs) and a SwiGLU of SiLU.
 *
 * @param architecture the class that Transformers would load, for instance {@code Qwen2ForCausalLM}
 * @param headDim size of one head; {@code heads * headDim} need not equal {@code hiddenSize}
 * @param maxPositions the most tokens a sequence may have, prompt and answer together
 * @param tiedEmbeddings whether the output projection is the embedding
 * @param qkvBias whether the q, k and v projections add a bias
 */
public record ModelConfig(
        String architecture,
        String modelType,
        int hiddenSize,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int intermediateSize,
        int vocabSize,
        int maxPositions,
        double ropeTheta,
        double rmsNormEps,
        boolean tiedEmbeddings,
        boolean qkvBias) {
    private static final Set<String> MODEL_TYPES = Set.of("qwen2", "llama");
    private static final ObjectMapper JSON = new ObjectMapper();

    public ModelConfig {
        positive("hidden_size", hiddenSize);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", heads);
        positive("num_key_value_heads", kvHeads);
        positive("head_dim", headDim);
        positive("intermediate_size", intermediateSize);
        positive("vocab_size", vocabSize);
        positive("max_position_embeddings", maxPositions);
        if (!MODEL_TYPES.contains(modelType)) {
            throw new ModelFormatException(
                    "config.json has model_type '" + modelType + "'; Loremesh reads " + MODEL_TYPES);
        }
        if (heads % kvHeads != 0) {
            throw new ModelFormatException("config.json has num_attention_heads " + heads
                    + ", not a multiple of num_key_value_heads " + kvHeads);
        }
        if (headDim % 2 != 0) {
            throw new ModelFormatException(
                    "config.json has the odd head_dim " + headDim + "; rotary positions need pairs");
        }
        if (!(ropeTheta > 0) || !(rmsNormEps > 0)) {
            throw new ModelFormatException("config.json has rope_theta " + ropeTheta + " and rms_norm_eps " + rmsNormEps
                    + "; both must be above 0");
        }
    }

    /** Reads {@code config.json} of a checkpoint directory; an unsupported feature is refused by its key. */
    public static ModelConfig read(Path dir) throws IOException {
        Path file = dir.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(dir + " has no config.json; point to a Hugging Face checkpoint directory");
        }
        JsonNode json = JSON.readTree(file.toFile());
        refuseUnlessDefault(
                json,
                "rope_scaling",
                json.path("rope_scaling").isNull() || json.path("rope_scaling").isMissingNode());
        refuseUnlessDefault(
                json, "use_sliding_window", !json.path("use_sliding_window").asBoolean(false));
        refuseUnlessDefault(
                json, "hidden_act", json.path("hidden_act").asText("silu").equals("silu"));
        String type = json.path("model_type").asText();
        int hidden = integer(json, "hidden_size");
        int heads = integer(json, "num_attention_heads");
        return new ModelConfig(
                json.path("architectures").path(0).asText("Qwen2ForCausalLM"),
                type,
                hidden,
                integer(json, "num_hidden_layers"),
                heads,
                json.path("num_key_value_heads").asInt(heads),
                json.path("head_dim").asInt(heads == 0 ? 0 : hidden / heads),
                integer(json, "intermediate_size"),
                integer(json, "vocab_size"),
                integer(json, "max_position_embeddings"),
                json.path("rope_theta").asDouble(10_000),
                json.path("rms_norm_eps").asDouble(1e-6),
                json.path("tie_word_embeddings").asBoolean(false),
                json.path("attention_bias").asBoolean(type.equals("qwen2")));
    }

    /** Writes {@code config.json} with Hugging Face's keys. */
    public void write(Path dir) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.putArray("architectures").add(architecture);
        json.put("model_type", modelType)
                .put("hidden_size", hiddenSize)
                .put("num_hidden_layers", layers)
                .put("num_attention_heads", heads)
                .put("num_key_value_heads", kvHeads)
                .put("head_dim", headDim)
                .put("intermediate_size", intermediateSize)
                .put("vocab_size", vocabSize)
                .put("max_position_embeddings", maxPositions)
                .put("rope_theta", ropeTheta)
                .put("rms_norm_eps", rmsNormEps)
                .put("hidden_act", "silu")
                .put("tie_word_embeddings", tiedEmbeddings)
                .put("attention_bias", qkvBias);
        Files.writeString(
                dir.resolve("config.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private static int integer(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new ModelFormatException("config.json lacks the integer " + key);
        }
        return value.asInt();
    }

    private static void refuseUnlessDefault(JsonNode json, String key, boolean isDefault) {
        if (!isDefault) {
            throw new ModelFormatException("config.json has " + key + " " + json.path(key)
                    + ", which is not supported; use a checkpoint without it");
        }
    }

    private static void positive(String key, int value) {
        if (value <= 0) {
            throw new ModelFormatException("config.json has " + key + " " + value + "; it must be above 0");
        }
    }
}
