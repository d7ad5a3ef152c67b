package io.loremesh.model.adapter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PEFT's {@code adapter_config.json}.
 *
 * @param targetModules the adapted linear maps by their last name, for instance {@code q_proj}
 * @param baseModel the digest of the base model it was trained on ({@code base_model_name_or_path})
 */
public record AdapterConfig(int rank, double alpha, List<String> targetModules, String baseModel) {
    private static final String FILE = "adapter_config.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final String ALL_LINEAR = "all-linear";
    private static final Pattern LAYER = Pattern.compile("\\.(\\d+)\\.");
    /** Read here, told by the weights themselves, or without effect once trained. */
    private static final Set<String> APPLIED = Set.of(
            "r",
            "lora_alpha",
            "target_modules",
            "base_model_name_or_path",
            "layers_pattern",
            "lora_dropout",
            "inference_mode",
            "revision",
            "auto_mapping",
            "peft_version",
            "megatron_core",
            "qalora_group_size");

    public AdapterConfig {
        if (rank <= 0 || !(alpha > 0) || Double.isInfinite(alpha)) {
            throw new ModelFormatException(
                    FILE + " has rank r " + rank + " and lora_alpha " + alpha + "; both must be above 0");
        }
        targetModules = List.copyOf(targetModules);
    }

    /** What the low-rank product is multiplied with: α / r (Hu et al. 2021). */
    public double scaling() {
        return alpha / rank;
    }

    /**
     * @throws ModelFormatException if the file is absent, no JSON, or changes the arithmetic in a way that is not
     *     applied
     */
    public static AdapterConfig read(Path dir) throws IOException {
        Path file = dir.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(dir + " has no " + FILE + "; point to a PEFT adapter directory");
        }
        try {
            return of(JSON.readTree(file.toFile()));
        } catch (JsonProcessingException malformed) {
            throw new ModelFormatException(file + " is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    /**
     * Reads what {@code adapter_config.json} holds.
     *
     * @throws ModelFormatException naming the key whose setting is not applied
     */
    public static AdapterConfig of(JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new ModelFormatException(FILE + " is no JSON object");
        }
        json.properties().forEach(setting -> requireApplied(setting.getKey(), setting.getValue()));
        int rank = json.path("r").isInt() ? json.path("r").intValue() : 0;
        double alpha =
                json.path("lora_alpha").isNumber() ? json.path("lora_alpha").doubleValue() : 0;
        return new AdapterConfig(
                rank,
                // Rank-stabilised adapters are scaled by α / √r (Kalajdzievski 2023): a plain one with a larger α.
                json.path("use_rslora").asBoolean() ? alpha * Math.sqrt(rank) : alpha,
                json.path("target_modules").valueStream().map(JsonNode::asText).toList(),
                json.path("base_model_name_or_path").asText());
    }

    /** What PEFT may write: applied, without effect on what is served, or at the value that means "not used". */
    private static void requireApplied(String key, JsonNode value) {
        boolean applied = APPLIED.contains(key)
                || switch (key) {
                    case "peft_type" -> value.asText().equals("LORA");
                    case "task_type" -> value.isNull() || value.asText().equals("CAUSAL_LM");
                    case "use_rslora" -> value.isBoolean() || value.isNull();
                    // Held against the weights when they are there.
                    case "exclude_modules", "layers_to_transform" -> isListOf(value);
                    case "bias" -> value.asText().equals("none");
                    // The others start from a base that is not the one that is served (PiSSA, OLoRA, CorDA, LoftQ,
                    // EVA).
                    case "init_lora_weights" ->
                        value.isBoolean() || value.isNull() || value.asText().equals("gaussian");
                    default ->
                        value.isNull()
                                || value.isBoolean() && !value.booleanValue()
                                || (value.isContainerNode() || value.isTextual())
                                        && value.isEmpty()
                                        && value.asText().isEmpty();
                };
        if (!applied) {
            throw new ModelFormatException(
                    "%s sets %s to %.200s, which is not applied here; train or export the adapter without it"
                            .formatted(FILE, key, value));
        }
    }

    private static boolean isListOf(JsonNode value) {
        return value.isNull()
                || value.isInt()
                || value.isTextual()
                || value.isArray() && value.valueStream().allMatch(one -> one.isInt() || one.isTextual());
    }

    /**
     * Refuses weights that PEFT would leave out by these settings, so that they would act here and not there.
     *
     * @param linears the maps that have weights, for instance {@code model.layers.0.self_attn.q_proj}
     */
    static void requireTargeted(Path dir, Set<String> linears) throws IOException {
        JsonNode json = JSON.readTree(dir.resolve(FILE).toFile());
        for (String linear : linears) {
            requireNamed("target_modules", json.path("target_modules"), linear, true);
            requireNamed("exclude_modules", json.path("exclude_modules"), linear, false);
            JsonNode layers = json.path("layers_to_transform");
            Matcher layer = LAYER.matcher(linear);
            boolean layerLeftOut = (layers.isInt() || layers.isArray() && !layers.isEmpty())
                    && !(layer.find() && elements(layers).contains(layer.group(1)));
            if (layerLeftOut) {
                throw new ModelFormatException("%s sets layers_to_transform to %.200s, but there are weights for %s"
                        .formatted(FILE, layers, linear));
            }
        }
    }

    /** A list names maps by their ends; a text is a pattern or "all-linear", whose meaning the weights tell. */
    private static void requireNamed(String key, JsonNode names, String linear, boolean wanted) {
        if (names.isArray() && !names.isEmpty()) {
            boolean named = elements(names).stream()
                    .anyMatch(name -> linear.equals(name) || linear.endsWith("." + name) || name.equals(ALL_LINEAR));
            if (named != wanted) {
                throw new ModelFormatException(
                        "%s sets %s to %.200s, but there are weights for %s; export the adapter again"
                                .formatted(FILE, key, names, linear));
            }
        } else if (!wanted && names.isTextual() && !names.textValue().isEmpty()) {
            throw new ModelFormatException(
                    "%s sets %s to the pattern %s, which is not applied here".formatted(FILE, key, names));
        }
    }

    private static List<String> elements(JsonNode value) {
        return value.isArray() ? value.valueStream().map(JsonNode::asText).toList() : List.of(value.asText());
    }

    /** Writes {@code adapter_config.json} with PEFT's keys. */
    public void write(Path dir) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("peft_type", "LORA")
                .put("task_type", "CAUSAL_LM")
                .put("base_model_name_or_path", baseModel)
                .put("r", rank)
                .put("lora_alpha", alpha)
                .put("lora_dropout", 0.0)
                .put("bias", "none")
                .put("fan_in_fan_out", false)
                .put("inference_mode", true);
        targetModules.forEach(json.putArray("target_modules")::add);
        Files.writeString(
                dir.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }
}
