package io.loremesh.model.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.family.ModelFamily;
import io.loremesh.model.family.RotaryAngles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The shape of a decoder of a {@link ModelFamily}, as Hugging Face's {@code config.json} writes it: pre-norm blocks of
 * grouped attention with rotary positions (halves rotated, not pairs) and a SwiGLU of SiLU.
 *
 * @param architecture the class that Transformers would load, for instance {@code Qwen2ForCausalLM}
 * @param headDim size of one head; {@code heads * headDim} need not equal {@code hiddenSize}
 * @param maxPositions the most tokens a sequence may have, prompt and answer together
 * @param rotary how positions turn queries and keys
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
        RotaryAngles rotary,
        double rmsNormEps,
        boolean tiedEmbeddings,
        boolean qkvBias) {
    private static final Set<String> HEARD = Set.of(
            "architectures",
            "model_type",
            "hidden_size",
            "num_hidden_layers",
            "num_attention_heads",
            "num_key_value_heads",
            "head_dim",
            "intermediate_size",
            "vocab_size",
            "max_position_embeddings",
            "rope_theta",
            "rope_scaling",
            "rope_parameters",
            "rms_norm_eps",
            "tie_word_embeddings");
    /** About training, storing, sampling or other tools; a window bounds {@link #positions}. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "torch_dtype",
            "dtype",
            "transformers_version",
            "_name_or_path",
            "_attn_implementation",
            "bos_token_id",
            "eos_token_id",
            "pad_token_id",
            "use_cache",
            "initializer_range",
            "attention_dropout",
            "embd_pdrop",
            "resid_pdrop",
            "original_max_position_embeddings",
            "hidden_dropout",
            "pretraining_tp",
            "max_window_layers",
            "sliding_window",
            "is_llama_config",
            "id2label",
            "label2id",
            "unsloth_version",
            "unsloth_fixed",
            "transformers.js_config");

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    public ModelConfig {
        positive("hidden_size", hiddenSize);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", heads);
        positive("num_key_value_heads", kvHeads);
        positive("head_dim", headDim);
        positive("intermediate_size", intermediateSize);
        positive("vocab_size", vocabSize);
        positive("max_position_embeddings", maxPositions);
        if (ModelFamily.of(modelType).isEmpty()) {
            throw new ModelFormatException(
                    "config.json has model_type '" + modelType + "'; Loremesh reads " + ModelFamily.modelTypes());
        }
        if (heads % kvHeads != 0) {
            throw new ModelFormatException("config.json has num_attention_heads " + heads
                    + ", not a multiple of num_key_value_heads " + kvHeads);
        }
        if (headDim % 2 != 0) {
            throw new ModelFormatException(
                    "config.json has the odd head_dim " + headDim + "; rotary positions need pairs");
        }
        if (!(rotary.theta() > 0) || !(rmsNormEps > 0)) {
            throw new ModelFormatException("config.json has rope_theta " + rotary.theta() + " and rms_norm_eps "
                    + rmsNormEps + "; both must be above 0");
        }
    }

    /** A decoder whose rotary angles are not scaled. */
    public ModelConfig(
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
        this(
                architecture,
                modelType,
                hiddenSize,
                layers,
                heads,
                kvHeads,
                headDim,
                intermediateSize,
                vocabSize,
                maxPositions,
                RotaryAngles.unscaled(ropeTheta),
                rmsNormEps,
                tiedEmbeddings,
                qkvBias);
    }

    /**
     * Reads {@code config.json} of a checkpoint directory. A setting that changes the arithmetic and is not applied is
     * refused by its key, as is one that nobody here knows; what is missing is what Transformers documents for the
     * family.
     */
    public static ModelConfig read(Path dir) throws IOException {
        Path file = dir.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(dir + " has no config.json; point to a Hugging Face checkpoint directory");
        }
        try {
            return of(JSON.readTree(file.toFile()));
        } catch (JsonProcessingException malformed) {
            throw new ModelFormatException(file + " is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static ModelConfig of(JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new ModelFormatException("config.json is no JSON object");
        }
        String type = json.path("model_type").asText();
        if (ModelFamily.of(type).isPresent()) {
            json.properties().forEach(setting -> requireApplied(type, setting.getKey(), setting.getValue()));
        }
        int hidden = integer(json, "hidden_size");
        int heads = integer(json, "num_attention_heads");
        return new ModelConfig(
                json.path("architectures")
                        .path(0)
                        .asText(ModelFamily.of(type)
                                .map(ModelFamily::architecture)
                                .orElse("")),
                type,
                hidden,
                integer(json, "num_hidden_layers"),
                heads,
                // Llama's default is one per head; Qwen2's is a number that suits one size alone.
                json.hasNonNull("num_key_value_heads") || type.equals("qwen2")
                        ? integer(json, "num_key_value_heads")
                        : heads,
                json.hasNonNull("head_dim") ? integer(json, "head_dim") : heads == 0 ? 0 : hidden / heads,
                integer(json, "intermediate_size"),
                integer(json, "vocab_size"),
                positions(json, type),
                RotaryJson.read(json),
                number(json, "rms_norm_eps", 1e-6),
                truth(json, "tie_word_embeddings", false),
                truth(json, "attention_bias", type.equals("qwen2")));
    }

    /** Read here, without effect on what is computed, or at the value that means "not used". */
    private static void requireApplied(String type, String key, JsonNode value) {
        boolean applied = HEARD.contains(key)
                || WITHOUT_EFFECT.contains(key)
                || isNothing(value)
                || switch (key) {
                    case "hidden_act" -> value.asText().equals("silu");
                    // Of Llama it gives the output projection a bias too.
                    case "attention_bias" -> value.isBoolean() && type.equals("qwen2");
                    // Bounds the positions; Qwen's counts with the other key alone.
                    case "use_sliding_window" -> value.isBoolean();
                    case "partial_rotary_factor" -> value.isNumber() && value.doubleValue() == 1;
                    case "layer_types" ->
                        value.valueStream().allMatch(layer -> layer.asText().equals("full_attention"));
                    default -> false;
                };
        if (!applied) {
            throw new ModelFormatException(
                    "config.json has %s %.200s, which is not supported; use a checkpoint without it"
                            .formatted(key, value));
        }
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || value.isBoolean() && !value.booleanValue()
                || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
    }

    /** Where each token sees a window alone, a sequence is kept within it: there the window changes nothing. */
    private static int positions(JsonNode json, String type) {
        int positions = integer(json, "max_position_embeddings");
        boolean windowed =
                json.hasNonNull("sliding_window") && truth(json, "use_sliding_window", !type.startsWith("qwen"));
        return windowed ? Math.min(positions, integer(json, "sliding_window")) : positions;
    }

    /** The base of the rotary angles. */
    public double ropeTheta() {
        return rotary.theta();
    }

    /** The family, by {@code model_type}. */
    public ModelFamily family() {
        return ModelFamily.of(modelType).orElseThrow();
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
                .put("rms_norm_eps", rmsNormEps)
                .put("hidden_act", "silu")
                .put("tie_word_embeddings", tiedEmbeddings)
                .put("attention_bias", qkvBias);
        RotaryJson.write(rotary, json);
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

    static double number(JsonNode json, String key, double absent) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new ModelFormatException("config.json has %s %.80s, which is no number".formatted(key, value));
        }
        return value.doubleValue();
    }

    private static boolean truth(JsonNode json, String key, boolean absent) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return absent;
        }
        if (!value.isBoolean()) {
            throw new ModelFormatException("config.json has %s %.80s; it is true or false".formatted(key, value));
        }
        return value.booleanValue();
    }

    private static void positive(String key, int value) {
        if (value <= 0) {
            throw new ModelFormatException("config.json has " + key + " " + value + "; it must be above 0");
        }
    }
}
