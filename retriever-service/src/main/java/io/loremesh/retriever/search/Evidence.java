package io.loremesh.retriever.search;

import io.loremesh.retriever.index.Candidate;

/**
 * How strongly one candidate bears on the question, on scales that mean the same for every question. So an unrelated
 * question gets low scores however its best candidate compares with the rest, which no scaling by the response's own
 * extremes can give. This is the theoretical min-max scaling of Bruch, Gai and Ingber, "An Analysis of Fusion Functions
 * for Hybrid Retrieval" (2022).
 *
 * @param lexical BM25 as a share of the bound that the query's terms allow, 0 to 1: how much of the question's weight
 *     the passage covers
 * @param vector cosine between that of unrelated texts and that of equal ones, 0 to 1
 */
public record Evidence(Candidate candidate, double lexical, double vector) {

    static Evidence of(Candidate candidate, double bm25Bound, Scale scale) {
        double bm25 = candidate.bm25().orElse(0);
        return new Evidence(
                candidate,
                bm25Bound > 0 ? Math.min(1, bm25 / bm25Bound) : 0,
                scale.share(candidate.cosine().orElse(-1)));
    }

    /**
     * The cosines between which similarity tells something.
     *
     * @param unrelated what two texts have that share nothing: the encoder crowds all texts into a cone, so it is far
     *     above 0
     * @param equal what a question and the passage that answers it reach at best
     */
    public record Scale(double unrelated, double equal) {
        public Scale {
            if (!(unrelated < equal)) {
                throw new IllegalArgumentException(
                        "cosine %s of unrelated texts is not below %s of related ones".formatted(unrelated, equal));
            }
        }

        double share(double cosine) {
            return Math.clamp((cosine - unrelated) / (equal - unrelated), 0.0, 1.0);
        }
    }
}
