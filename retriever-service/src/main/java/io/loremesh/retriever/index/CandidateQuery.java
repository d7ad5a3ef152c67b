package io.loremesh.retriever.index;

import java.time.Instant;
import java.util.Optional;

/**
 * What to look for.
 *
 * @param text looked up lexically; empty where only the vector counts
 * @param vector looked up by cosine; empty where only the text counts
 * @param depth candidates of each kind
 */
public record CandidateQuery(Optional<String> text, Optional<float[]> vector, int depth, Filter filter) {
    public CandidateQuery {
        if (depth < 1) {
            throw new IllegalArgumentException("depth is %d; ask for at least one candidate".formatted(depth));
        }
        if (text.isEmpty() && vector.isEmpty()) {
            throw new IllegalArgumentException("a query needs a text or a vector");
        }
    }

    /**
     * Which passages count.
     *
     * @param language BCP 47; empty: any
     * @param minCredibility 0 to 1
     * @param documentsBefore only passages of documents last updated before this; empty: passages of facts too, of any
     *     age
     */
    public record Filter(String language, double minCredibility, Optional<Instant> documentsBefore) {
        public static final Filter NONE = new Filter("", 0, Optional.empty());

        public static Filter documentsBefore(Instant time) {
            return new Filter("", 0, Optional.of(time));
        }
    }
}
