package io.loremesh.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.checkpoint.DType;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A tiny untrained base of the demo base's layout, the same for the same seed, for the tests of every module. */
public final class TinyBase {
    /** Grouped attention, so that a mix-up of query and key heads cannot hide. */
    public static final ModelConfig CONFIG =
            new ModelConfig("Qwen2ForCausalLM", "qwen2", 32, 2, 4, 2, 16, 48, 272, 256, 1e6, 1e-6, true, true);

    private static final List<String> SPECIALS =
            List.of("<pad>", "<ctx>", "<q>", "<a>", "<eos>", "<s5>", "<s6>", "<s7>");

    private TinyBase() {}

    /** Writes config.json, model.safetensors and tokenizer.json into an existing directory. */
    public static Path write(Path dir, ModelConfig config, long seed) throws IOException {
        config.write(dir);
        Random random = new Random(seed);
        List<SafetensorsWriter.Named> tensors = new ArrayList<>();
        ParameterShapes.of(config)
                .forEach((name, shape) -> tensors.add(
                        new SafetensorsWriter.Named(name, DType.F32, shape, values(name, shape, config, random))));
        SafetensorsWriter.write(dir.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
        Files.writeString(dir.resolve("tokenizer.json"), tokenizer());
        return dir;
    }

    private static float[] values(String name, long[] shape, ModelConfig config, Random random) {
        float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        double scale = name.endsWith(".bias") ? .3 : 1 / Math.sqrt(config.hiddenSize());
        double mean = name.endsWith("norm.weight") ? 1 : 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + random.nextGaussian() * scale);
        }
        return values;
    }

    /** The specials, then one token per byte; no merges. Every piece begins with the word mark, as in the demo base. */
    private static String tokenizer() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding").putNull("normalizer").putNull("post_processor");
        ArrayNode added = root.putArray("added_tokens");
        ObjectNode vocab = json.createObjectNode();
        for (String special : SPECIALS) {
            added.addObject()
                    .put("id", vocab.size())
                    .put("content", special)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
            vocab.put(special, vocab.size());
        }
        byteLevelAlphabet().forEach(symbol -> vocab.put(symbol, vocab.size()));
        ObjectNode model = root.putObject("model").put("type", "BPE").put("ignore_merges", true);
        model.set("vocab", vocab);
        model.putArray("merges");
        root.set("pre_tokenizer", json.readTree("""
                {"type":"Sequence","pretokenizers":[
                  {"type":"Split","pattern":{"Regex":"\\\\s+"},"behavior":"Removed","invert":false},
                  {"type":"Split","pattern":{"Regex":"[A-Za-z]+|[^A-Za-z]"},"behavior":"Isolated","invert":false},
                  {"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":false}]}
                """));
        root.set("decoder", json.readTree("""
                {"type":"Sequence","decoders":[
                  {"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":false},
                  {"type":"Replace","pattern":{"Regex":"(?<![A-Za-z]) | (?![A-Za-z])"},"content":""}]}
                """));
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    /** GPT-2's printable stand-ins for the 256 bytes, in byte order. */
    private static List<String> byteLevelAlphabet() {
        List<String> symbols = new ArrayList<>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            symbols.add(
                    printable
                            ? new String(new byte[] {(byte) b}, StandardCharsets.ISO_8859_1)
                            : Character.toString(next++));
        }
        return symbols;
    }
}
