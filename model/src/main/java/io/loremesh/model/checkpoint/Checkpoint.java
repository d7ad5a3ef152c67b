package io.loremesh.model.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static List<Path> safetensors(Path dir) throws IOException {
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
