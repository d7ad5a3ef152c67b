package io.loremesh.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.generator.inference.EngineLimits;
import io.loremesh.generator.inference.Generation;
import io.loremesh.generator.inference.InferenceEngine;
import io.loremesh.generator.inference.LoraWeights;
import io.loremesh.generator.inference.Token;
import io.loremesh.generator.inference.TokenStream;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.conversion.GgufConversion;
import io.loremesh.model.prompt.PromptFormat;
import io.loremesh.model.tokenizer.TextTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real open weights, read from their GGUF files by the generator's own engine, are tokenised as llama.cpp does it and
 * answer greedily in the tokens that llama.cpp answers; {@code src/test/python/golden_real_models.py} makes the file.
 * The weights are no part of the repository, so this runs only when it is named:
 *
 * <pre>./mvnw -pl agreement -am test -Dtest=RealModelsCheck -Dloremesh.real-models=DIR
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@Timeout(400)
class RealModelsCheck {
    private static final String DIRECTORY = "loremesh.real-models";

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"SmolLM2-135M-Instruct.Q4_1.gguf", "Qwen2.5-Coder-0.5B-Instruct.Q4_K_M.gguf"})
    void greedyAnswersAreThoseOfLlamaCpp(String file) throws IOException, InterruptedException {
        Path gguf = require(file);
        JsonNode rows = golden().path(file);
        GgufConversion.convert(gguf, dir, share -> {});
        TextTokenizer tokenizer = TextTokenizer.open(dir);
        PromptFormat format = PromptFormat.of(tokenizer);
        EngineLimits limits = new EngineLimits(1, 128, 4, 64, 2);
        try (Checkpoint base = Checkpoint.open(dir);
                InferenceEngine engine = new InferenceEngine(base, limits)) {
            for (JsonNode row : rows) {
                int[] prompt = tokenizer.encodePrompt(row.path("prompt").asText());
                assertThat(prompt).as(row.path("prompt").asText()).containsExactly(integers(row.path("ids")));

                List<Integer> answer = answer(engine, prompt, format);

                List<Integer> expected = new ArrayList<>();
                for (int id : integers(row.path("answer"))) {
                    if (!format.stopTokens().contains(id)) {
                        expected.add(id);
                    }
                }
                System.out.printf(
                        "%s: %s%n",
                        file,
                        tokenizer
                                .decode(answer.stream().mapToInt(i -> i).toArray())
                                .replace("\n", "\\n"));
                assertThat(answer).as(row.path("text").asText()).isEqualTo(expected);
            }
        }
    }

    private static List<Integer> answer(InferenceEngine engine, int[] prompt, PromptFormat format)
            throws InterruptedException {
        TokenStream stream = engine.generate(Generation.greedy(prompt, 16, format.stopTokens(), LoraWeights.NONE));
        List<Integer> answer = new ArrayList<>();
        for (Optional<Token> token = stream.next(); token.isPresent(); token = stream.next()) {
            answer.add(token.get().id());
        }
        return answer;
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = RealModelsCheck.class.getResourceAsStream("real-models.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static int[] integers(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static Path require(String file) {
        String directory = System.getProperty(DIRECTORY);
        if (directory != null && Files.isRegularFile(Path.of(directory).resolve(file))) {
            return Path.of(directory).resolve(file);
        }
        return fail(file + " is not there. Get that GGUF file (Apache-2.0) and say -D" + DIRECTORY
                + "=DIR, the directory that holds it");
    }
}
