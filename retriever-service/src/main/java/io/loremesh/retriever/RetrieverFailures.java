package io.loremesh.retriever;

import io.grpc.Status;
import io.loremesh.door.DoorFailures;
import io.loremesh.door.StatusMapping;
import io.loremesh.retriever.index.RejectedKnowledgeException;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.lucene.store.AlreadyClosedException;

/** What the retriever alone knows of its failures. */
@Singleton
class RetrieverFailures extends DoorFailures {
    RetrieverFailures() {
        super(new StatusMapping("retriever", RetrieverFailures::known));
    }

    private static Optional<Status> known(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case RejectedKnowledgeException e -> Status.INVALID_ARGUMENT.withDescription(e.getMessage());
                    case MissingResourceException e -> Status.NOT_FOUND.withDescription(e.getMessage());
                    case AlreadyClosedException _ ->
                        Status.UNAVAILABLE.withDescription(
                                "the index is closed: the retriever is stopping or its disk failed; see its log");
                    default -> null;
                });
    }
}
