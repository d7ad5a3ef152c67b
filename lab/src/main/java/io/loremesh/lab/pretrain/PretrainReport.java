package io.loremesh.lab.pretrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.model.checkpoint.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where a base comes from and what it can do: {@code report.json} for programs, {@code report.md} for people. */
final class PretrainReport {

    private static final String METHOD =
            "teacher-forced argmax over the whole answer, on samples with fresh names that training never drew";

    private static final String FILE = "report.json";

    private final ObjectNode json = new ObjectMapper().createObjectNode();
    private final ArrayNode phases;
    private final ArrayNode abilities;

    PretrainReport(String command, long seed, ModelConfig config) {
        json.put("command", command).put("seed", seed);
        json.putObject("shape")
                .put("hidden", config.hiddenSize())
                .put("layers", config.layers())
                .put("heads", config.heads())
                .put("inner", config.intermediateSize())
                .put("vocabulary", config.vocabSize());
        phases = json.putArray("phases");
        json.put("accuracyIs", METHOD);
        abilities = json.putArray("abilities");
    }

    /** Takes over what an interrupted run in that directory told of its finished phases. */
    void resume(Path directory, int finishedPhases) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            JsonNode told = new ObjectMapper().readTree(file.toFile()).path("phases");
            for (int i = 0; i < Math.min(finishedPhases, told.size()); i++) {
                phases.add(told.get(i));
            }
        }
    }

    /** Writes what is known so far. */
    void save(Path directory) throws IOException {
        Files.writeString(
                directory.resolve(FILE),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    /** What the shares of utilisation relate to: the machine's best rate, in floating-point operations per second. */
    void machine(int threads, double peakFlops) {
        json.putObject("machine").put("threads", threads).put("peakGflops", Math.round(peakFlops / 1e9));
    }

    /** @param utilisation model FLOPs over the machine's best rate, 0 to 1 */
    void phase(String name, Progress end, double loss, double utilisation) {
        phases.addObject()
                .put("phase", name)
                .put("steps", end.steps())
                .put("tokens", end.tokens())
                .put("seconds", Math.round(end.seconds()))
                .put("tokensPerSecond", Math.round(end.tokens() / end.seconds()))
                .put("flopUtilisation", rounded(utilisation))
                .put("lastLoss", rounded(loss));
    }

    void check(String phase, Accuracy accuracy) {
        for (var entry : phases) {
            if (entry.get("phase").asText().equals(phase)) {
                put(((ObjectNode) entry).putObject("check"), accuracy);
            }
        }
    }

    void ability(Accuracy accuracy) {
        put(abilities.addObject(), accuracy);
    }

    /** Writes both files beside the checkpoint whose {@code digest} they vouch for. */
    void write(Path directory, String digest, long parameters) throws IOException {
        json.put("digest", digest).put("parameters", parameters);
        save(directory);
        Files.writeString(directory.resolve("report.md"), markdown());
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("# Provenance\n\n");
        text.append("Made from the world generator alone by `")
                .append(json.get("command").asText())
                .append("`.\n\n");
        text.append("- seed ")
                .append(json.get("seed"))
                .append(", ")
                .append(json.get("parameters"))
                .append(" parameters\n");
        text.append("- digest `").append(json.get("digest").asText()).append("`\n");
        text.append("\n| phase | steps | M tokens | seconds | tokens/s | utilisation | loss | check "
                + "|\n|---|---|---|---|---|---|---|---|\n");
        for (var phase : phases) {
            var check = phase.path("check");
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %d | %d | %.0f %% | %s | %s %s |%n",
                    phase.get("phase").asText(),
                    phase.get("steps").asLong(),
                    phase.get("tokens").asLong() / 1e6,
                    phase.get("seconds").asLong(),
                    phase.get("tokensPerSecond").asLong(),
                    100 * phase.get("flopUtilisation").asDouble(),
                    phase.get("lastLoss"),
                    check.path("name").asText(),
                    check.path("accuracy")));
        }
        text.append("\nUtilisation is the model's FLOPs over ")
                .append(json.at("/machine/peakGflops"))
                .append(" GFLOP/s, which matrix products alone reach on the ")
                .append(json.at("/machine/threads"))
                .append(" threads used.\n");
        text.append("\nAccuracy is ").append(METHOD).append(".\n\n| ability | accuracy | n |\n|---|---|---|\n");
        for (var ability : abilities) {
            text.append(String.format(
                    "| %s | %s | %s |%n", ability.get("name").asText(), ability.get("accuracy"), ability.get("n")));
        }
        return text.toString();
    }

    private static void put(ObjectNode node, Accuracy accuracy) {
        node.put("name", accuracy.name())
                .put("accuracy", rounded(accuracy.value()))
                .put("right", accuracy.right())
                .put("n", accuracy.answers());
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
