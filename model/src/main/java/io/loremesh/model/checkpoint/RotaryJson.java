package io.loremesh.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.family.RotaryAngles;
import java.util.Set;

/**
 * Rotary positions as config.json tells them: {@code rope_theta} and {@code rope_scaling}, or both in the newer
 * {@code rope_parameters}. Unknown kinds and keys are refused by name.
 */
final class RotaryJson {
    private static final Set<String> COMMON = Set.of("type", "rope_type", "rope_theta");

    private RotaryJson() {}

    static RotaryAngles read(JsonNode config) {
        boolean newer = config.path("rope_parameters").isObject();
        String key = newer ? "rope_parameters" : "rope_scaling";
        JsonNode scaling = config.path(key);
        double beside = ModelConfig.number(config, "rope_theta", 10_000);
        double theta = ModelConfig.number(config.path("rope_parameters"), "rope_theta", beside);
        if (config.hasNonNull("rope_theta") && theta != beside) {
            throw new ModelFormatException("config.json has rope_theta " + beside + " and, in rope_parameters, " + theta
                    + "; keep the one that the weights were trained with");
        }
        if (newer && config.path("rope_scaling").isObject()) {
            throw new ModelFormatException("config.json has rope_scaling and rope_parameters; keep one");
        }
        if (scaling.isNull() || scaling.isMissingNode()) {
            return RotaryAngles.unscaled(theta);
        }
        String kind = scaling.path("rope_type").asText(scaling.path("type").asText());
        return new RotaryAngles(
                theta,
                switch (kind) {
                    case "default" -> {
                        known(scaling, key);
                        yield new RotaryAngles.Unscaled();
                    }
                    case "linear" -> {
                        known(scaling, key, "factor");
                        yield new RotaryAngles.Linear(number(scaling, "factor", key));
                    }
                    case "llama3" -> {
                        known(
                                scaling,
                                key,
                                "factor",
                                "low_freq_factor",
                                "high_freq_factor",
                                "original_max_position_embeddings");
                        yield new RotaryAngles.Llama3(
                                number(scaling, "factor", key),
                                number(scaling, "low_freq_factor", key),
                                number(scaling, "high_freq_factor", key),
                                (int) number(scaling, "original_max_position_embeddings", key));
                    }
                    case "yarn" -> {
                        known(
                                scaling,
                                key,
                                "factor",
                                "original_max_position_embeddings",
                                "beta_fast",
                                "beta_slow",
                                "attention_factor");
                        yield new RotaryAngles.Yarn(
                                number(scaling, "factor", key),
                                (int) number(scaling, "original_max_position_embeddings", key),
                                scaling.hasNonNull("beta_fast") ? number(scaling, "beta_fast", key) : 32,
                                scaling.hasNonNull("beta_slow") ? number(scaling, "beta_slow", key) : 1,
                                scaling.hasNonNull("attention_factor") ? number(scaling, "attention_factor", key) : 0);
                    }
                    default ->
                        throw new ModelFormatException("config.json has in " + key + " the rope_type '" + kind
                                + "'; supported are default, linear, llama3 and yarn");
                });
    }

    private static void known(JsonNode scaling, String key, String... keys) {
        Set<String> known = Set.of(keys);
        scaling.properties().forEach(setting -> {
            String name = setting.getKey();
            boolean whole =
                    name.equals("partial_rotary_factor") && setting.getValue().asDouble() == 1;
            if (!whole
                    && !setting.getValue().isNull()
                    && !known.contains(name)
                    && !Set.of("type", "rope_type", "rope_theta").contains(name)) {
                throw new ModelFormatException("config.json has in " + key + " the key " + name
                        + ", which is not supported; use a checkpoint without it");
            }
        });
    }

    private static double number(JsonNode json, String name, String parent) {
        JsonNode value = json.path(name);
        if (!value.isNumber() || !(value.asDouble() > 0) || !Double.isFinite(value.asDouble())) {
            throw new ModelFormatException("config.json lacks in " + parent + " the number " + name + ", above 0");
        }
        return value.asDouble();
    }

    static void write(RotaryAngles rotary, ObjectNode config) {
        config.put("rope_theta", rotary.theta());
        switch (rotary.scaling()) {
            case RotaryAngles.Unscaled none -> {}
            case RotaryAngles.Linear linear ->
                config.putObject("rope_scaling").put("rope_type", "linear").put("factor", linear.factor());
            case RotaryAngles.Llama3 llama3 ->
                config.putObject("rope_scaling")
                        .put("rope_type", "llama3")
                        .put("factor", llama3.factor())
                        .put("low_freq_factor", llama3.lowFrequencyFactor())
                        .put("high_freq_factor", llama3.highFrequencyFactor())
                        .put("original_max_position_embeddings", llama3.originalPositions());
            case RotaryAngles.Yarn yarn -> {
                ObjectNode json = config.putObject("rope_scaling")
                        .put("rope_type", "yarn")
                        .put("factor", yarn.factor())
                        .put("original_max_position_embeddings", yarn.originalPositions())
                        .put("beta_fast", yarn.betaFast())
                        .put("beta_slow", yarn.betaSlow());
                if (yarn.attention() > 0) {
                    json.put("attention_factor", yarn.attention());
                }
            }
        }
    }
}
