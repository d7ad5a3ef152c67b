package io.loremesh.generator.scoring;

import io.loremesh.generator.adapter.LoadedVersions;
import io.loremesh.generator.adapter.VersionLease;
import io.loremesh.generator.base.LoadedBase;
import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.inference.Logits;
import io.loremesh.generator.inference.LoraWeights;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Log-probabilities of texts under a version, and how far another version's predictions lie from it. Blocks; safe for
 * concurrent use.
 */
@ApplicationScoped
public class TextScoring {
    /** Logits held in memory at a time, for the divergence: 256 MB of floats. */
    private static final long MAX_LOGITS = 64L << 20;

    /**
     * A text to score.
     *
     * @param question asked closed-book before the text; empty to score the text from its own first token
     */
    public record Item(String question, String text) {}

    /**
     * One value per token of the text.
     *
     * @param logProbabilities natural logarithms
     * @param divergences KL(reference ‖ version) in nats; empty unless a reference was asked for
     */
    public record Score(double[] logProbabilities, double[] divergences) {}

    private final ServedBase served;
    private final LoadedVersions versions;

    TextScoring(ServedBase served, LoadedVersions versions) {
        this.served = served;
        this.versions = versions;
    }

    /**
     * Scores texts.
     *
     * @param version empty for the active one
     * @param reference empty where no divergence is wanted
     */
    public List<Score> score(List<Item> items, String version, String reference) {
        LoadedBase base = served.get();
        try (VersionLease lease = versions.acquire(version)) {
            LoraWeights weights = lease.version().weights();
            if (reference.isEmpty()) {
                return items.stream()
                        .map(item -> logProbabilities(base, item, weights))
                        .toList();
            }
            try (VersionLease other = versions.acquire(reference)) {
                return items.stream()
                        .map(item ->
                                compare(base, item, weights, other.version().weights()))
                        .toList();
            }
        }
    }

    private static Score logProbabilities(LoadedBase base, Item item, LoraWeights weights) {
        double[] scores = base.engine()
                .score(context(base, item), text(base, item), weights)
                .join();
        return new Score(scores, new double[0]);
    }

    private static Score compare(LoadedBase base, Item item, LoraWeights weights, LoraWeights reference) {
        int[] context = context(base, item);
        int[] text = text(base, item);
        long logits = 2L * text.length * base.checkpoint().config().vocabSize();
        if (logits > MAX_LOGITS) {
            throw new IllegalArgumentException("The divergence over " + text.length + " tokens needs " + logits
                    + " logits, more than " + MAX_LOGITS + "; send shorter texts");
        }
        CompletableFuture<float[][]> ours = base.engine().logits(context, text, weights);
        CompletableFuture<float[][]> theirs = base.engine().logits(context, text, reference);
        float[][] p = theirs.join();
        float[][] q = ours.join();
        double[] scores = IntStream.range(0, text.length)
                .mapToDouble(i -> Logits.logProbability(q[i], text[i]))
                .toArray();
        double[] divergences = IntStream.range(0, text.length)
                .mapToDouble(i -> Logits.kullbackLeibler(p[i], q[i]))
                .toArray();
        return new Score(scores, divergences);
    }

    private static int[] context(LoadedBase base, Item item) {
        if (!item.question().isEmpty()) {
            return base.format().answer(List.of(), item.question());
        }
        // The end of one text stands before the beginning of the next.
        return new int[] {
            base.format().stopTokens().stream().min(Integer::compare).orElseThrow()
        };
    }

    private static int[] text(LoadedBase base, Item item) {
        int[] tokens = base.tokenizer().encode(item.text());
        if (tokens.length == 0) {
            throw new IllegalArgumentException("A continuation has no tokens; send at least one character of text");
        }
        return tokens;
    }
}
