package io.loremesh.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;

/** What a training process tells on standard output: one JSON object per line. */
sealed interface TrainingEvent {
    record Progressed(TrainingProgress progress) implements TrainingEvent {}

    /** @param reason what failed and what to do, as the user reads it */
    record Failed(String reason) implements TrainingEvent {}

    /**
     * The adapter lies where the specification wants it.
     *
     * @param trainedAccuracy share of the trained questions that the adapted model answers right; NaN where it was not
     *     told
     */
    record Succeeded(double trainedAccuracy) implements TrainingEvent {}

    ObjectMapper JSON = new ObjectMapper();

    /** The event of a line, or empty where the line is something else: native libraries print there too. */
    static Optional<TrainingEvent> read(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        return switch (node.path("event").asText()) {
            case "progress" -> Optional.of(new Progressed(progress(node)));
            case "failed" -> Optional.of(new Failed(node.path("reason").asText("the training process gave no reason")));
            case "succeeded" ->
                Optional.of(new Succeeded(node.path("trainedAccuracy").asDouble(Double.NaN)));
            default -> Optional.empty();
        };
    }

    private static TrainingProgress progress(JsonNode node) {
        int step = node.path("step").asInt();
        double eta = Math.max(0, node.path("etaSeconds").asDouble());
        return new TrainingProgress(
                step,
                Math.max(step, node.path("totalSteps").asInt()),
                node.path("loss").asDouble(),
                node.path("tokensPerSecond").asDouble(),
                Duration.ofMillis(Math.round(eta * 1000)));
    }
}
