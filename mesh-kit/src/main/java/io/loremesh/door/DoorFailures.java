package io.loremesh.door;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;

/**
 * Ends every call that fails at a gRPC door by the service's {@link StatusMapping}, wherever in the call it fails. A
 * service makes a bean of it:
 * <pre>{@code
 * @Singleton
 * class RetrieverFailures extends DoorFailures {
 *     RetrieverFailures() {
 *         super(new StatusMapping("retriever", RetrieverFailures::known));
 *     }
 * }
 * }</pre>
 */
public abstract class DoorFailures implements ExceptionHandlerProvider {
    private final StatusMapping mapping;

    protected DoorFailures(StatusMapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public <Q, A> ExceptionHandler<Q, A> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata headers) {
        return new ExceptionHandler<>(listener, call, headers) {
            @Override
            protected void handleException(Throwable failure, ServerCall<Q, A> failed, Metadata metadata) {
                StatusRuntimeException told = mapping.toException(failure);
                failed.close(told.getStatus(), trailers(told));
            }
        };
    }

    @Override
    public Throwable transform(Throwable failure) {
        return mapping.toException(failure);
    }

    private static Metadata trailers(StatusRuntimeException told) {
        Metadata trailers = Status.trailersFromThrowable(told);
        return trailers == null ? new Metadata() : trailers;
    }
}
