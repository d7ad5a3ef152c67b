package io.loremesh.retriever;

import io.grpc.Status;
import io.loremesh.retriever.embedding.EncodingException;
import io.loremesh.retriever.index.RejectedKnowledgeException;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.apache.lucene.store.AlreadyClosedException;

/** What went wrong as a gRPC status: the one place where the retriever's errors become one. */
final class RetrieverErrors {
    private RetrieverErrors() {}

    static Throwable toStatus(Throwable failure) {
        Status status =
                switch (failure) {
                    case IllegalArgumentException e -> Status.INVALID_ARGUMENT.withDescription(e.getMessage());
                    case RejectedKnowledgeException e -> Status.INVALID_ARGUMENT.withDescription(e.getMessage());
                    case MissingResourceException e -> Status.NOT_FOUND.withDescription(e.getMessage());
                    case RejectedExecutionException e ->
                        Status.RESOURCE_EXHAUSTED.withDescription(
                                "the retriever has all the calls that it can queue; try again");
                    case AlreadyClosedException e ->
                        Status.UNAVAILABLE.withDescription(
                                "the index is closed: the retriever is stopping or its disk " + "failed; see its log");
                    case IOException e -> Status.UNAVAILABLE.withDescription("the index failed: " + e.getMessage());
                    case EncodingException e -> Status.INTERNAL.withDescription(e.getMessage());
                    default -> Status.fromThrowable(failure);
                };
        return status.withCause(failure).asRuntimeException();
    }
}
