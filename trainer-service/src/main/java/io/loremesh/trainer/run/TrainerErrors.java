package io.loremesh.trainer.run;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.trainer.publish.RegistryException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The one place where the trainer's errors become gRPC statuses. */
@Singleton
public class TrainerErrors implements ExceptionHandlerProvider {
    private static final Logger LOG = Logger.getLogger(TrainerErrors.class);

    @Override
    public <Q, A> ExceptionHandler<Q, A> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
        return new ExceptionHandler<>(listener, call, metadata) {
            @Override
            protected void handleException(Throwable failure, ServerCall<Q, A> call, Metadata metadata) {
                call.close(status(failure), metadata);
            }
        };
    }

    @Override
    public Throwable transform(Throwable failure) {
        return status(failure).asRuntimeException();
    }

    static Status status(Throwable failure) {
        return switch (failure) {
            case TrainerException.InvalidRequest e -> Status.INVALID_ARGUMENT.withDescription(e.getMessage());
            case TrainerException.UnknownResource e -> Status.NOT_FOUND.withDescription(e.getMessage());
            case TrainerException.NotPossible e -> Status.FAILED_PRECONDITION.withDescription(e.getMessage());
            case ModelFormatException e -> Status.FAILED_PRECONDITION.withDescription(e.getMessage());
            case RegistryException.Away e -> Status.UNAVAILABLE.withDescription(e.getMessage());
            case RegistryException.Refused e -> Status.fromCode(e.code()).withDescription(e.getMessage());
            case io.grpc.StatusRuntimeException e -> e.getStatus();
            case io.grpc.StatusException e -> e.getStatus();
            case Throwable defect -> {
                LOG.error("A call failed for a reason that nobody foresaw", defect);
                yield Status.INTERNAL.withDescription("trainer-service failed; its log tells why");
            }
        };
    }
}
