package io.loremesh.retriever.index;

import io.loremesh.proto.knowledge.v1.Passage;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A passage that a search came upon.
 *
 * @param bm25 absent where the lexical search did not find it
 * @param cosine similarity to the query, −1 to 1; absent where no vector search was asked for
 */
public record Candidate(Passage passage, OptionalDouble bm25, OptionalDouble cosine) {
    public Candidate {
        Objects.requireNonNull(passage);
        Objects.requireNonNull(bm25);
        Objects.requireNonNull(cosine);
    }
}
