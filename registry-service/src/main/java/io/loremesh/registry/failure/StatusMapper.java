package io.loremesh.registry.failure;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Turns every failure of a call into its gRPC status; the only place that knows how. */
@ApplicationScoped
public class StatusMapper implements ExceptionHandlerProvider {
    private static final Logger LOG = Logger.getLogger(StatusMapper.class);

    @Override
    public <Q, R> ExceptionHandler<Q, R> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, R> call, Metadata headers) {
        return new ExceptionHandler<>(listener, call, headers) {
            @Override
            protected void handleException(Throwable failure, ServerCall<Q, R> failed, Metadata metadata) {
                failed.close(status(failure), new Metadata());
            }
        };
    }

    @Override
    public Throwable transform(Throwable failure) {
        return status(failure).asRuntimeException();
    }

    static Status status(Throwable failure) {
        return switch (failure) {
            case RegistryException refusal -> code(refusal.kind()).withDescription(refusal.getMessage());
            case StatusRuntimeException known -> known.getStatus();
            case StatusException known -> known.getStatus();
            default -> unexpected(failure);
        };
    }

    private static Status code(RegistryException.Kind kind) {
        return switch (kind) {
            case INVALID -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
            case PRECONDITION -> Status.FAILED_PRECONDITION;
            case OUT_OF_RANGE -> Status.OUT_OF_RANGE;
            case DATA_LOSS -> Status.DATA_LOSS;
            case BUSY -> Status.ABORTED;
            case UNAVAILABLE -> Status.UNAVAILABLE;
        };
    }

    private static Status unexpected(Throwable failure) {
        if (PassingTrouble.is(failure)) {
            return Status.UNAVAILABLE
                    .withDescription("the registry's database is away: %s; try again".formatted(failure.getMessage()))
                    .withCause(failure);
        }
        LOG.error("a call failed unexpectedly", failure);
        return Status.INTERNAL
                .withDescription("the registry failed: %s; its log tells where".formatted(failure))
                .withCause(failure);
    }
}
