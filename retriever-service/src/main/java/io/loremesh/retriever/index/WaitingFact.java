package io.loremesh.retriever.index;

import io.loremesh.knowledge.Stamp;
import io.loremesh.proto.knowledge.v1.Fact;
import java.util.Objects;

/**
 * A fact that holds from a later time on, kept in the index until then.
 *
 * @param stamp of the event that recorded it
 */
public record WaitingFact(Fact fact, Stamp stamp) {
    public WaitingFact {
        Objects.requireNonNull(fact);
        Objects.requireNonNull(stamp);
    }
}
