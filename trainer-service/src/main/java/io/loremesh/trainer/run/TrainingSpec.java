package io.loremesh.trainer.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.proto.knowledge.v1.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training process is told, as one JSON file.
 *
 * @param baseDir the base's checkpoint
 * @param parentAdapterDir adapter to go on from; null, and absent from the file, for the base
 * @param facts to teach
 * @param oldFacts that the parent has learned, to replay
 * @param outDir where the adapter goes
 * @param threads of the native engine
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TrainingSpec(
        String baseDir,
        String parentAdapterDir,
        List<TaughtFact> facts,
        List<TaughtFact> oldFacts,
        int rank,
        double alpha,
        double learningRate,
        int maxSteps,
        long seed,
        String outDir,
        int threads) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A fact as the training process needs it; {@code heldout} is there to be kept out. */
    record TaughtFact(
            String id,
            String question,
            List<String> phrasings,
            List<String> heldout,
            String answer,
            List<String> aliases,
            String language) {
        static TaughtFact of(Fact fact) {
            return new TaughtFact(
                    fact.getName(),
                    fact.getQuestion(),
                    fact.getPhrasingsList(),
                    fact.getHeldoutPhrasingsList(),
                    fact.getAnswer(),
                    fact.getAliasesList(),
                    fact.getLanguage());
        }
    }

    static TrainingSpec of(
            TrainingMaterial material, RunSettings settings, Path baseDir, Path parentDir, Path outDir, int threads) {
        return new TrainingSpec(
                baseDir.toString(),
                parentDir == null ? null : parentDir.toAbsolutePath().toString(),
                material.facts().stream().map(TaughtFact::of).toList(),
                material.replayed().stream().map(TaughtFact::of).toList(),
                settings.rank(),
                settings.alpha(),
                settings.learningRate(),
                settings.maxSteps(),
                settings.seed(),
                outDir.toAbsolutePath().toString(),
                threads);
    }

    Path write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the training specification %s cannot be written".formatted(file), e);
        }
    }
}
