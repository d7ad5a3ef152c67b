package io.loremesh.retriever.index;

import java.util.List;

/**
 * What a search came upon, unranked.
 *
 * @param bm25Bound the BM25 score that no passage can exceed for this query: the sum of its terms' weights. A score's
 *     share of it says how much of the question a passage covers. 0 where no lexical search was asked for
 */
public record Candidates(List<Candidate> list, double bm25Bound) {
    public Candidates {
        list = List.copyOf(list);
    }
}
