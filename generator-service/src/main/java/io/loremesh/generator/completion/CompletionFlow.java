package io.loremesh.generator.completion;

import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.adapter.VersionLease;
import io.loremesh.generator.base.LoadedBase;
import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.inference.Generation;
import io.loremesh.model.prompt.ChatMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Continues a raw prompt or a chat by one version, with neither routing nor retrieval. Blocks; safe for concurrent use.
 */
@ApplicationScoped
public class CompletionFlow {
    private static final double MAX_TEMPERATURE = 2;

    /** What to continue. */
    public sealed interface Input {
        /** Text in which a special token's name is that token. */
        record Prompt(String text) implements Input {}

        record Chat(List<ChatMessage> messages) implements Input {}
    }

    /**
     * How to continue it.
     *
     * @param version empty for the active one
     * @param temperature 0 (greedy) to 2
     * @param seed 0 to have one drawn
     */
    public record Request(
            Input input, String version, int maxTokens, double temperature, List<String> stops, long seed) {
        public Request {
            if (!(temperature >= 0 && temperature <= MAX_TEMPERATURE)) {
                throw new IllegalArgumentException("temperature is " + temperature + "; it lies between 0 and 2");
            }
            stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
        }
    }

    /** @param version that completed it */
    public record Completed(String version, DecodedText decoded) {}

    private final ServedBase served;
    private final LoadedVersions versions;

    CompletionFlow(ServedBase served, LoadedVersions versions) {
        this.served = served;
        this.versions = versions;
    }

    public Completed complete(Request request, DeltaSink sink) {
        LoadedBase base = served.get();
        int[] prompt =
                switch (request.input()) {
                    case Input.Prompt(String text) -> base.tokenizer().encodePrompt(text);
                    case Input.Chat(List<ChatMessage> messages) -> base.format().chat(messages);
                };
        long seed = request.seed() == 0 ? ThreadLocalRandom.current().nextLong() : request.seed();
        try (VersionLease lease = versions.acquire(request.version())) {
            Generation generation = new Generation(
                    prompt,
                    request.maxTokens(),
                    request.temperature(),
                    seed,
                    base.format().stopTokens(),
                    lease.version().weights());
            DecodedText decoded = TextDecoding.decode(base, generation, request.stops(), sink);
            return new Completed(lease.version().name(), decoded);
        }
    }
}
