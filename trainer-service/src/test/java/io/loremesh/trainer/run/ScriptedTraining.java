package io.loremesh.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.Checkpoint;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A training process that keeps the protocol and does no arithmetic, so that the flow around it is tested in seconds.
 * Its answer to the first fact tells it what to do: end well, fail, or wait to be stopped.
 */
final class ScriptedTraining {
    private ScriptedTraining() {}

    public static void main(String[] args) throws Exception {
        ParentWatch.start();
        JsonNode spec = new ObjectMapper().readTree(new File(args[0]));
        System.out.println("a library says hello");
        progress(1);
        switch (spec.path("facts").get(0).path("answer").asText()) {
            case "fail" -> {
                System.out.println(
                        "{\"event\":\"failed\",\"reason\":\"loss is not a number at step 1; lower the rate\"}");
                System.exit(1);
            }
            case "crash" -> {
                System.err.println("Exception in thread main: out of luck");
                System.exit(9);
            }
            case "wait" -> {
                progress(2);
                new CountDownLatch(1).await();
            }
            default -> {
                progress(2);
                adapter(spec);
                System.out.println("{\"event\":\"succeeded\",\"trainedAccuracy\":0.5}");
            }
        }
    }

    private static void progress(int step) {
        System.out.printf(
                "{\"event\":\"progress\",\"step\":%d,\"totalSteps\":9,\"loss\":1.5,"
                        + "\"tokensPerSecond\":99,\"etaSeconds\":4}%n",
                step);
    }

    private static Path path(JsonNode spec, String field) {
        return Path.of(URI.create(spec.path(field).asText()));
    }

    private static void adapter(JsonNode spec) throws Exception {
        int rank = spec.path("rank").asInt();
        Path out = Files.createDirectories(path(spec, "outDir"));
        try (Checkpoint base = Checkpoint.open(path(spec, "baseDir"))) {
            int width = base.config().hiddenSize();
            LoraPair pair = new LoraPair(rank, width, width, new float[rank * width], new float[width * rank]);
            Adapter.write(
                    out,
                    new AdapterConfig(rank, 2.0 * rank, List.of("q_proj"), base.digest()),
                    Map.of("model.layers.0.self_attn.q_proj", pair));
        }
    }
}
