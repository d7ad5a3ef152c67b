package io.loremesh.model.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PEFT's {@code adapter_config.json}.
 *
 * @param targetModules the adapted linear maps by their last name, for instance {@code q_proj}
 * @param baseModel the digest of the base model it was trained on ({@code base_model_name_or_path})
 */
public record AdapterConfig(int rank, double alpha, List<String> targetModules, String baseModel) {
    private static final String FILE = "adapter_config.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    public AdapterConfig {
        if (rank <= 0 || !(alpha > 0)) {
            throw new ModelFormatException(
                    FILE + " has rank r " + rank + " and lora_alpha " + alpha + "; both must be above 0");
        }
        targetModules = List.copyOf(targetModules);
    }

    /** What the low-rank product is multiplied with: α / r (Hu et al. 2021). */
    public double scaling() {
        return alpha / rank;
    }

    /** @throws ModelFormatException if the file is absent or describes something other than a plain LoRA */
    public static AdapterConfig read(Path dir) throws IOException {
        Path file = dir.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(dir + " has no " + FILE + "; point to a PEFT adapter directory");
        }
        JsonNode json = JSON.readTree(file.toFile());
        if (!json.path("peft_type").asText("LORA").equals("LORA")
                || json.path("use_dora").asBoolean()
                || json.path("use_rslora").asBoolean()) {
            throw new ModelFormatException(
                    file + " is not a plain LoRA; train it without DoRA and rank-stabilised scaling");
        }
        return new AdapterConfig(
                json.path("r").asInt(),
                json.path("lora_alpha").asDouble(),
                json.path("target_modules").valueStream().map(JsonNode::asText).toList(),
                json.path("base_model_name_or_path").asText());
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
