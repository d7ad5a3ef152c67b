package io.loremesh.generator.answer;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.loremesh.door.StatusMapping;
import io.loremesh.generator.adapter.ActiveVersionException;
import io.loremesh.generator.adapter.ArtifactCorruptException;
import io.loremesh.generator.adapter.ArtifactDelayedException;
import io.loremesh.generator.adapter.VersionNotLoadedException;
import io.loremesh.generator.base.BaseUnavailableException;
import io.loremesh.generator.inference.EngineBusyException;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.util.Optional;

/** What the generator alone knows of its failures, added to the mapping that all services share. */
public final class GrpcErrors {
    private static final StatusMapping STATUSES = new StatusMapping("generator", GrpcErrors::known);

    private GrpcErrors() {}

    /** What a call ends with. */
    public static StatusRuntimeException toStatus(Throwable failure) {
        return STATUSES.toException(failure);
    }

    /** What kind of failure this is. */
    public static Code code(Throwable failure) {
        return STATUSES.code(failure);
    }

    private static Optional<Status> known(Throwable failure) {
        Status status =
                switch (failure) {
                    case EngineBusyException busy -> busy.closing() ? Status.UNAVAILABLE : Status.RESOURCE_EXHAUSTED;
                    case TooManyRequestsException _ -> Status.RESOURCE_EXHAUSTED;
                    case BaseUnavailableException _ -> Status.UNAVAILABLE;
                    case ArtifactDelayedException _ -> Status.UNAVAILABLE;
                    case VersionNotLoadedException _ -> Status.NOT_FOUND;
                    case ActiveVersionException _ -> Status.FAILED_PRECONDITION;
                    case ModelFormatException _ -> Status.FAILED_PRECONDITION;
                    case ArtifactCorruptException _ -> Status.DATA_LOSS;
                    // A neighbour that is away says so without a word.
                    case StatusRuntimeException call
                    when call.getStatus().getDescription() == null ->
                        Status.fromCode(call.getStatus().getCode());
                    case null, default -> null;
                };
        return Optional.ofNullable(status).map(told -> told.withDescription(String.valueOf(failure.getMessage())));
    }
}
