package io.loremesh.generator.answer;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.loremesh.generator.adapter.ActiveVersionException;
import io.loremesh.generator.adapter.ArtifactCorruptException;
import io.loremesh.generator.adapter.VersionNotLoadedException;
import io.loremesh.generator.base.BaseUnavailableException;
import io.loremesh.generator.inference.EngineBusyException;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;

/** The one place where a failure becomes a gRPC status, with an {@code ErrorInfo} that programs can read. */
public final class GrpcErrors {
    private static final Logger LOG = Logger.getLogger(GrpcErrors.class);
    private static final String DOMAIN = "generator.loremesh.io";

    private GrpcErrors() {}

    static Throwable toStatus(Throwable failure) {
        if (failure instanceof StatusRuntimeException || failure instanceof StatusException) {
            return failure;
        }
        Code code = code(failure);
        if (code == Code.INTERNAL) {
            LOG.error("A request failed", failure);
        }
        Status status = Status.newBuilder()
                .setCode(code.value())
                .setMessage(String.valueOf(failure.getMessage()))
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason(failure))
                        .setDomain(DOMAIN)
                        .build()))
                .build();
        return StatusProto.toStatusRuntimeException(status);
    }

    /** What kind of failure this is. */
    public static Code code(Throwable failure) {
        return switch (failure) {
            case EngineBusyException busy -> busy.closing() ? Code.UNAVAILABLE : Code.RESOURCE_EXHAUSTED;
            case TooManyRequestsException _ -> Code.RESOURCE_EXHAUSTED;
            case BaseUnavailableException _ -> Code.UNAVAILABLE;
            case VersionNotLoadedException _ -> Code.NOT_FOUND;
            case ActiveVersionException _ -> Code.FAILED_PRECONDITION;
            case ModelFormatException _ -> Code.FAILED_PRECONDITION;
            case ArtifactCorruptException _ -> Code.DATA_LOSS;
            case CancellationException _ -> Code.CANCELLED;
            case IllegalArgumentException _ -> Code.INVALID_ARGUMENT;
            default -> Code.INTERNAL;
        };
    }

    /** {@code EngineBusyException} is told as {@code ENGINE_BUSY}. */
    private static String reason(Throwable failure) {
        return failure.getClass()
                .getSimpleName()
                .replace("Exception", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
    }
}
