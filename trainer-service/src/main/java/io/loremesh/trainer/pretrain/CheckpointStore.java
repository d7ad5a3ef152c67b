package io.loremesh.trainer.pretrain;

import io.loremesh.evaluation.vocabulary.DemoVocabulary;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.DType;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.ParameterShapes;
import io.loremesh.model.checkpoint.SafetensorsWriter;
import io.loremesh.trainer.decoder.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The run's folder: the finished base at its root, one checkpoint per finished phase under {@code phases/}, the newest
 * state under {@code latest/}. Each is a whole Hugging Face directory that can be served.
 */
final class CheckpointStore {

    private static final String WEIGHTS = "model.safetensors";

    private static final List<String> VOCABULARY =
            List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json");

    private final Path root;
    private final long vocabularySeed;

    CheckpointStore(Path root, long vocabularySeed) {
        this.root = root;
        this.vocabularySeed = vocabularySeed;
    }

    Path root() {
        return root;
    }

    /** The root with the vocabulary's files in it. A run that goes on keeps the vocabulary that its weights were made for. */
    Path vocabulary() throws IOException {
        Files.createDirectories(root);
        if (!Files.exists(root.resolve("tokenizer.json"))) {
            DemoVocabulary.write(root, vocabularySeed);
        }
        return root;
    }

    void savePhase(String phase, ModelConfig config, Weights weights) throws IOException {
        save(root.resolve("phases").resolve(phase), config, weights);
    }

    void saveLatest(ModelConfig config, Weights weights) throws IOException {
        save(root.resolve("latest"), config, weights);
    }

    void saveFinal(ModelConfig config, Weights weights) throws IOException {
        save(root, config, weights);
    }

    boolean holdsPhase(String phase) {
        return Files.exists(root.resolve("phases").resolve(phase).resolve(WEIGHTS));
    }

    /** The weights at the end of a finished phase. */
    Weights loadPhase(String phase) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(root.resolve("phases").resolve(phase))) {
            return Weights.of(checkpoint);
        }
    }

    private void save(Path directory, ModelConfig config, Weights weights) throws IOException {
        Files.createDirectories(directory);
        if (!directory.equals(root)) {
            for (String file : VOCABULARY) {
                Files.copy(root.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        config.write(directory);
        List<SafetensorsWriter.Named> tensors = new ArrayList<>();
        for (Map.Entry<String, long[]> parameter : ParameterShapes.of(config).entrySet()) {
            String name = parameter.getKey();
            tensors.add(new SafetensorsWriter.Named(name, DType.F32, parameter.getValue(), weights.values(name)));
        }
        // Whoever loads the directory meanwhile sees the old weights or the new ones, never half of a file.
        Path written = directory.resolve(WEIGHTS + ".part");
        SafetensorsWriter.write(written, tensors, Map.of("format", "pt"));
        Files.move(
                written,
                directory.resolve(WEIGHTS),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
