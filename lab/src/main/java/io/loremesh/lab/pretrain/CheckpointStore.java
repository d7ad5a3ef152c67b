package io.loremesh.lab.pretrain;

import io.loremesh.lab.vocabulary.DemoVocabulary;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The run's folder: the finished base at its root, one checkpoint per finished phase under {@code phases/}, the newest
 * state, from which a run can go on, under {@code latest/}. Each is a whole Hugging Face directory that can be served.
 */
final class CheckpointStore {

    private static final String WEIGHTS = "model.safetensors";

    private static final String OPTIMISER = "optimiser.safetensors";

    private static final String PROGRESS = "progress.json";

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

    /**
     * The root with the vocabulary's files in it. A run that goes on keeps the vocabulary that its weights were made
     * for.
     */
    Path vocabulary() throws IOException {
        Files.createDirectories(root);
        if (!Files.exists(root.resolve("tokenizer.json"))) {
            DemoVocabulary.write(root, vocabularySeed);
        }
        return root;
    }

    void savePhase(String phase, ModelConfig config, Weights weights) throws IOException {
        save(phase(phase), config, weights);
    }

    /** The weights that a finished phase left. */
    Weights phaseWeights(String phase) throws IOException {
        return read(phase(phase));
    }

    private Path phase(String phase) {
        return root.resolve("phases").resolve(phase);
    }

    private static Weights read(Path directory) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(directory)) {
            return Weights.of(checkpoint);
        }
    }

    /**
     * Saves where a run stands. The folder is exchanged whole: whenever the process dies, one complete state is left.
     *
     * @param optimiser what the optimiser remembers; empty between two phases, which begin with fresh ones
     */
    void saveLatest(ModelConfig config, Weights weights, List<SafetensorsWriter.Named> optimiser, Progress progress)
            throws IOException {
        Path written = root.resolve("latest.part");
        delete(written);
        save(written, config, weights);
        if (!optimiser.isEmpty()) {
            SafetensorsWriter.write(written.resolve(OPTIMISER), optimiser, Map.of());
        }
        progress.write(written.resolve(PROGRESS));
        Path latest = root.resolve("latest");
        delete(previous());
        if (Files.exists(latest)) {
            Files.move(latest, previous());
        }
        Files.move(written, latest);
        delete(previous());
    }

    /** Where an interrupted run stands, if there is one. */
    Optional<Saved> latest() throws IOException {
        for (Path folder : List.of(root.resolve("latest"), previous())) {
            if (Files.exists(folder.resolve(PROGRESS))) {
                Progress progress = Progress.read(folder.resolve(PROGRESS));
                Path optimiser = folder.resolve(OPTIMISER);
                return Optional.of(
                        new Saved(progress, read(folder), Optional.of(optimiser).filter(Files::exists)));
            }
        }
        return Optional.empty();
    }

    /** A run's state; {@code optimiser} is the file of its optimiser's, absent between two phases. */
    record Saved(Progress progress, Weights weights, Optional<Path> optimiser) {}

    void saveFinal(ModelConfig config, Weights weights) throws IOException {
        save(root, config, weights);
    }

    private Path previous() {
        return root.resolve("latest.previous");
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
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
