package io.loremesh.trainer.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything a training run needs, as the file that its process is given.
 *
 * @param baseDir Hugging Face directory of the base
 * @param parentAdapterDir PEFT directory of the version to go on from; absent for a run from the base
 * @param facts what is to be learned
 * @param oldFacts what the parent version has learned, to be replayed
 * @param rank LoRA rank; with a parent it must be the parent's
 * @param alpha LoRA scale; with a parent it must be the parent's
 * @param learningRate peak rate of AdamW
 * @param maxSteps most optimiser steps
 * @param seed decides the data's order and the adapter's start
 * @param outDir where the adapter is written
 * @param threads worker threads
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSpec(
        Path baseDir,
        Path parentAdapterDir,
        List<RunFact> facts,
        List<RunFact> oldFacts,
        int rank,
        double alpha,
        double learningRate,
        int maxSteps,
        long seed,
        Path outDir,
        int threads) {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    public RunSpec {
        facts = facts == null ? List.of() : List.copyOf(facts);
        oldFacts = oldFacts == null ? List.of() : List.copyOf(oldFacts);
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("The run has no facts to learn; give at least one");
        }
        if (rank <= 0 || !(alpha > 0) || !(learningRate > 0) || maxSteps <= 0 || threads <= 0) {
            throw new IllegalArgumentException("The run has rank " + rank + ", alpha " + alpha + ", learning rate "
                    + learningRate + ", " + maxSteps + " steps, " + threads + " threads; all must be above 0");
        }
    }

    /** @throws IOException if the file cannot be read or is no specification */
    public static RunSpec read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), RunSpec.class);
    }

    /** Where the parent's adapter lies, if the run goes on from one. */
    public Optional<Path> parent() {
        return Optional.ofNullable(parentAdapterDir);
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }
}
