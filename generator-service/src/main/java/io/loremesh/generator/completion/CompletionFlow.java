package io.loremesh.generator.completion;

import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.adapter.VersionLease;
import io.loremesh.generator.base.LoadedBase;
import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.inference.Generation;
import io.loremesh.generator.inference.Sampling;
import io.loremesh.model.prompt.ChatMessage;
import io.loremesh.model.prompt.MarkedPrompt;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Continues a raw prompt or a chat by one version, with neither routing nor retrieval. Blocks; safe for concurrent use.
 */
@ApplicationScoped
public class CompletionFlow {
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
     * @param maxTokens at least 1, a ceiling: decoding ends where the context does
     * @param sampling of which a seed of 0 has one drawn
     * @param stops texts that end the completion
     */
    public record Request(Input input, String version, int maxTokens, Sampling sampling, List<String> stops) {
        /** Texts that end a completion at most, and their characters. */
        private static final int MAX_STOPS = 16;

        private static final int MAX_STOP_LENGTH = 256;

        public Request {
            if (maxTokens < 1) {
                throw new IllegalArgumentException("max_tokens is " + maxTokens + "; ask for at least 1");
            }
            stops = stops.stream().filter(stop -> !stop.isEmpty()).toList();
            if (stops.size() > MAX_STOPS || stops.stream().anyMatch(stop -> stop.length() > MAX_STOP_LENGTH)) {
                throw new IllegalArgumentException("stop has %d texts, the longest of %d characters; at most %d of %d"
                        .formatted(
                                stops.size(),
                                stops.stream().mapToInt(String::length).max().orElse(0),
                                MAX_STOPS,
                                MAX_STOP_LENGTH));
            }
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

    /** Whether the model was taught dialogue, so that it hears what was said before the last question. */
    public boolean hearsDialogue() {
        return !(served.get().format() instanceof MarkedPrompt);
    }

    public Completed complete(Request request, DeltaSink sink) {
        LoadedBase base = served.get();
        int[] prompt =
                switch (request.input()) {
                    case Input.Prompt(String text) -> base.tokenizer().encodePrompt(text);
                    case Input.Chat(List<ChatMessage> messages) -> base.format().chat(messages);
                };
        Sampling sampling = request.sampling().seed() == 0
                ? request.sampling().seeded(ThreadLocalRandom.current().nextLong())
                : request.sampling();
        try (VersionLease lease = versions.acquire(request.version())) {
            Generation generation = new Generation(
                    prompt,
                    request.maxTokens(),
                    sampling,
                    base.format().stopTokens(),
                    lease.version().weights(),
                    Set.of());
            DecodedText decoded = TextDecoding.decode(base, generation, request.stops(), sink);
            return new Completed(lease.version().name(), decoded);
        }
    }
}
