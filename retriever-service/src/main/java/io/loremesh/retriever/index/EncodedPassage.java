package io.loremesh.retriever.index;

import io.loremesh.proto.knowledge.v1.Passage;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A passage with its vector.
 *
 * @param vector unit length
 * @param superseded when another answer replaced what it states: kept, not served
 */
public record EncodedPassage(Passage passage, float[] vector, Optional<Instant> superseded) {
    public EncodedPassage {
        Objects.requireNonNull(passage);
        Objects.requireNonNull(vector);
        Objects.requireNonNull(superseded);
    }
}
