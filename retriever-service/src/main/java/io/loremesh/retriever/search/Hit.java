package io.loremesh.retriever.search;

import com.google.protobuf.util.Timestamps;
import io.loremesh.retriever.index.Candidate;
import java.util.Comparator;

/**
 * A passage that is worth returning.
 *
 * @param score 0 to 1
 */
public record Hit(Candidate candidate, double score) {
    /** Scores this near are a tie, which the more recent passage wins. */
    private static final double TIE = 0.01;

    /** Best first; among equals the most recent, then the one whose exact score is higher, then by name. */
    static final Comparator<Hit> BEST_FIRST = Comparator.comparingLong((Hit hit) -> -Math.round(hit.score / TIE))
            .thenComparingLong(
                    hit -> -Timestamps.toMillis(hit.candidate.passage().getUpdateTime()))
            .thenComparingDouble(hit -> -hit.score)
            .thenComparing(hit -> hit.candidate.passage().getName());
}
