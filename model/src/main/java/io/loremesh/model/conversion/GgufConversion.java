package io.loremesh.model.conversion;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.checkpoint.DType;
import io.loremesh.model.checkpoint.GgufFile;
import io.loremesh.model.checkpoint.GgufMetadata;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.SafetensorsWriter;
import io.loremesh.model.checkpoint.SafetensorsWriter.Streamed;
import io.loremesh.model.checkpoint.TensorView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a GGUF file's model as a Hugging Face checkpoint directory: config.json, model.safetensors, tokenizer.json,
 * tokenizer_config.json with its chat template, generation_config.json. Quantised weights become F16, which holds them
 * to three digits; F32 and BF16 stay. What is not known (a key of the architecture, a tensor) is refused by its name.
 */
public final class GgufConversion {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d{1,4})\\.(.+)\\.(weight|bias)");

    private static final Map<String, String> OUTER = Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "output.weight", "lm_head.weight");

    private static final Map<String, String> INNER = Map.of(
            "attn_norm", "input_layernorm",
            "attn_q", "self_attn.q_proj",
            "attn_k", "self_attn.k_proj",
            "attn_v", "self_attn.v_proj",
            "attn_output", "self_attn.o_proj",
            "ffn_norm", "post_attention_layernorm",
            "ffn_gate", "mlp.gate_proj",
            "ffn_up", "mlp.up_proj",
            "ffn_down", "mlp.down_proj");

    private final GgufFile file;
    private final ModelConfig config;

    private GgufConversion(GgufFile file) {
        this.file = file;
        this.config = new GgufConfig(file).read();
    }

    /**
     * Converts a file into an existing, empty directory.
     *
     * @param progress told the share of the weights that is written, 0 to 1
     * @throws ModelFormatException if the file holds something that is not supported; names the key or tensor
     */
    public static void convert(Path gguf, Path dir, DoubleConsumer progress) throws IOException {
        try (GgufFile file = GgufFile.open(gguf)) {
            GgufConversion conversion = new GgufConversion(file);
            List<Streamed> weights = conversion.weights();
            GgufTokenizer tokenizer = GgufTokenizer.of(file.metadata());
            conversion.config.write(dir);
            write(dir, "tokenizer.json", tokenizer.json());
            write(dir, "tokenizer_config.json", conversion.tokenizerConfig(tokenizer));
            write(dir, "generation_config.json", conversion.generationConfig(tokenizer));
            double total = weights.stream()
                    .mapToDouble(w -> w.dtype().bytes() * size(w.shape()))
                    .sum();
            SafetensorsWriter.stream(
                    dir.resolve("model.safetensors"),
                    weights,
                    Map.of("format", "pt"),
                    written -> progress.accept(written / total));
        }
    }

    private static double size(long[] shape) {
        double size = 1;
        for (long dimension : shape) {
            size *= dimension;
        }
        return size;
    }

    private List<Streamed> weights() {
        List<Streamed> weights = new ArrayList<>();
        for (String name : file.names()) {
            TensorView view = file.tensor(name);
            Matcher block = BLOCK.matcher(name);
            String target = OUTER.get(name);
            SafetensorsWriter.Values values = view::read;
            if (block.matches() && INNER.containsKey(block.group(2))) {
                target = "model.layers." + block.group(1) + "." + INNER.get(block.group(2)) + "." + block.group(3);
                if (config.modelType().equals("llama")) {
                    values = switch (block.group(2)) {
                        case "attn_q" -> halved(view, config.heads());
                        case "attn_k" -> halved(view, config.kvHeads());
                        default -> values;
                    };
                }
            }
            if (target == null) {
                throw new ModelFormatException("Tensor " + name + " in " + file.file() + " is unknown in a "
                        + config.modelType() + " model, so it would be lost; this model is not supported");
            }
            DType dtype = view.dtype() == DType.F32 || view.dtype() == DType.BF16 ? view.dtype() : DType.F16;
            weights.add(new Streamed(target, dtype, view.shape(), values));
        }
        return weights;
    }

    /**
     * llama's queries and keys as Hugging Face has them: there the halves of a head turn together, in the file
     * neighbouring rows do, so row 2i + h of a head becomes row h · headDim / 2 + i.
     */
    private SafetensorsWriter.Values halved(TensorView view, int heads) {
        long rows = view.shape()[0];
        long width = view.shape().length == 1 ? 1 : view.shape()[1];
        long dim = rows / heads;
        if (dim * heads != rows || dim % 2 != 0) {
            throw new ModelFormatException("Tensor " + view.name() + " in " + file.file() + " has " + rows
                    + " rows, which " + heads + " heads cannot share");
        }
        return (first, target) -> {
            long bytes = width * Float.BYTES;
            for (long done = 0; done * bytes < target.byteSize(); done++) {
                long row = first / width + done;
                long inHead = row % dim;
                long source = row - inHead + 2 * (inHead % (dim / 2)) + inHead / (dim / 2);
                MemorySegment part = target.asSlice(done * bytes, bytes);
                view.read(source * width, part);
            }
        };
    }

    private ObjectNode tokenizerConfig(GgufTokenizer tokenizer) {
        GgufMetadata metadata = file.metadata();
        ObjectNode json = JSON.createObjectNode();
        json.put("tokenizer_class", "PreTrainedTokenizerFast").put("model_max_length", config.maxPositions());
        tokenizer.special("bos_token_id").ifPresent(id -> json.put("bos_token", tokenizer.token(id)));
        tokenizer.special("eos_token_id").ifPresent(id -> json.put("eos_token", tokenizer.token(id)));
        if (metadata.has("tokenizer.chat_template")) {
            json.put("chat_template", metadata.text("tokenizer.chat_template"));
        }
        return json;
    }

    private ObjectNode generationConfig(GgufTokenizer tokenizer) {
        ObjectNode json = JSON.createObjectNode();
        tokenizer.special("bos_token_id").ifPresent(id -> json.put("bos_token_id", id));
        tokenizer.ends().forEach(json.putArray("eos_token_id")::add);
        return json;
    }

    private static void write(Path dir, String name, ObjectNode json) throws IOException {
        Files.writeString(dir.resolve(name), JSON.writeValueAsString(json) + "\n");
    }
}
