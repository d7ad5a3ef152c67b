package io.loremesh.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.family.ModelFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A base model: a Hugging Face checkpoint directory ({@code config.json}, one or more {@code *.safetensors},
 * {@code tokenizer.json}) whose every tensor is present and has the shape that the configuration tells. Safe for
 * concurrent use until closed; closing it invalidates its tensors.
 */
public final class Checkpoint implements AutoCloseable {
    private final Path dir;
    private final ModelConfig config;
    private final List<SafetensorsFile> files;
    private final Map<String, TensorView> tensors;
    private final String digest;

    private Checkpoint(Path dir, ModelConfig config, List<SafetensorsFile> files) throws IOException {
        this.dir = dir;
        this.config = config;
        this.files = files;
        this.tensors = new LinkedHashMap<>();
        for (SafetensorsFile file : files) {
            for (String name : file.names()) {
                if (tensors.put(name, file.tensor(name)) != null) {
                    throw new ModelFormatException("Tensor " + name + " stands in two files of " + dir + "; keep one");
                }
            }
        }
        split();
        Map<String, long[]> shapes = ParameterShapes.of(config);
        shapes.forEach(this::requireShape);
        tensors.keySet().stream()
                .filter(name -> !shapes.containsKey(name) && !isCopy(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ModelFormatException("Tensor " + name + " of " + dir
                            + " would not be used: its config.json tells of no such weight; use a "
                            + "checkpoint without it");
                });
        List<Path> content =
                new ArrayList<>(files.stream().map(SafetensorsFile::file).toList());
        Stream.of("config.json", "tokenizer.json")
                .map(dir::resolve)
                .filter(Files::isRegularFile)
                .forEach(content::add);
        this.digest = ContentDigest.of(content);
    }

    /**
     * Opens and validates a directory.
     *
     * @throws ModelFormatException if a tensor is missing, misshapen or cut off; the message names it
     */
    public static Checkpoint open(Path dir) throws IOException {
        ModelConfig config = ModelConfig.read(dir);
        List<SafetensorsFile> files = new ArrayList<>();
        try {
            for (Path file : safetensors(dir)) {
                files.add(SafetensorsFile.open(file));
            }
            return new Checkpoint(dir, config, files);
        } catch (IOException | RuntimeException failure) {
            files.forEach(SafetensorsFile::close);
            throw failure;
        }
    }

    /** The files that the index names; without one model.safetensors, else all that there are. */
    private static List<Path> safetensors(Path dir) throws IOException {
        Path index = dir.resolve("model.safetensors.index.json");
        if (Files.isRegularFile(index)) {
            return indexed(dir, index);
        }
        if (Files.isRegularFile(dir.resolve("model.safetensors"))) {
            return List.of(dir.resolve("model.safetensors"));
        }
        try (Stream<Path> entries = Files.list(dir)) {
            List<Path> found = entries.filter(
                            path -> path.getFileName().toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new ModelFormatException(dir + " has no *.safetensors file; point to a Hugging Face checkpoint");
            }
            return found;
        }
    }

    /**
     * Of older writers: the tied output projection beside its embedding, and the rotation's frequencies, which follow
     * from theta.
     */
    private boolean isCopy(String name) {
        return config.tiedEmbeddings() && name.equals("lm_head.weight") || name.endsWith(".rotary_emb.inv_freq");
    }

    private static List<Path> indexed(Path dir, Path index) throws IOException {
        JsonNode names = new ObjectMapper().readTree(index.toFile()).path("weight_map");
        SortedSet<String> files = new TreeSet<>();
        names.forEach(name -> files.add(name.asText()));
        if (files.isEmpty()) {
            throw new ModelFormatException(index + " names no file in weight_map; get it again");
        }
        for (String file : files) {
            // The index is as untrusted as the weights: it may only name files beside itself.
            if (!file.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*\\.safetensors")
                    || !Files.isRegularFile(dir.resolve(file))) {
                throw new ModelFormatException(index + " names the file '" + file + "', which is not in " + dir
                        + "; get the whole checkpoint");
            }
        }
        return files.stream().map(dir::resolve).toList();
    }

    /** Maps that the family stores as one matrix become views of its rows. */
    private void split() {
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "model.layers." + layer + ".";
            for (ModelFamily.FusedLinears fused : config.family().fused()) {
                TensorView whole = tensors.remove(block + fused.name() + ".weight");
                if (whole == null) {
                    continue;
                }
                long from = 0;
                for (String part : fused.parts()) {
                    long rows = ParameterShapes.linear(config, part)[0];
                    String name = block + part + ".weight";
                    tensors.put(name, whole.rows(name, from, rows));
                    from += rows;
                }
                if (from != whole.shape()[0]) {
                    throw new ModelFormatException("Tensor " + whole.name() + " in " + dir + " has " + whole.shape()[0]
                            + " rows, but config.json tells " + from);
                }
            }
        }
    }

    private void requireShape(String name, long[] expected) {
        TensorView view = tensors.get(name);
        if (view == null) {
            throw new ModelFormatException("Tensor " + name + " is missing in " + dir
                    + ", but its config.json asks for it; get the whole checkpoint again");
        }
        if (!Arrays.equals(view.shape(), expected)) {
            throw new ModelFormatException("Tensor " + name + " in " + dir + " has shape "
                    + Arrays.toString(view.shape()) + ", but config.json tells " + Arrays.toString(expected)
                    + "; the two belong to different models");
        }
    }

    public ModelConfig config() {
        return config;
    }

    /**
     * A weight by its Hugging Face name, for instance {@code model.layers.0.self_attn.q_proj.weight}, of shape [out,
     * in].
     *
     * @throws ModelFormatException if the checkpoint has no such tensor
     */
    public TensorView tensor(String name) {
        TensorView view = tensors.get(name);
        if (view == null) {
            throw new ModelFormatException("Tensor " + name + " is missing in " + dir);
        }
        return view;
    }

    /** What names this base model everywhere: {@code sha256:…} over its configuration, weights and tokenizer. */
    public String digest() {
        return digest;
    }

    public Path dir() {
        return dir;
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
