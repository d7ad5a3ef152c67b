package io.loremesh.door;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.DateTimeException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * What went wrong as a gRPC status: the one mapping of all services. A request at fault is INVALID_ARGUMENT, a full
 * queue RESOURCE_EXHAUSTED, trouble that passes UNAVAILABLE; what nobody foresaw is INTERNAL with the id under which
 * the service's log tells it. A service adds what it alone knows by {@link KnownFailures}. Each status has a
 * description and an {@code ErrorInfo} that programs can read. Safe for concurrent use.
 */
public final class StatusMapping {
    private static final Logger LOG = Logger.getLogger(StatusMapping.class);

    /** Asking again, or asking another replica, gives the same. */
    private static final Set<Code> CLIENTS_FAULT = EnumSet.of(
            Code.INVALID_ARGUMENT,
            Code.NOT_FOUND,
            Code.ALREADY_EXISTS,
            Code.PERMISSION_DENIED,
            Code.UNAUTHENTICATED,
            Code.FAILED_PRECONDITION,
            Code.OUT_OF_RANGE,
            Code.UNIMPLEMENTED,
            Code.CANCELLED);

    private final String service;
    private final KnownFailures known;

    /** @param service in the words of its errors: {@code retriever} */
    public StatusMapping(String service, KnownFailures known) {
        this.service = service;
        this.known = known;
    }

    /**
     * Whether a call failed for what its client sent: never a reason to try again or to count against the neighbour,
     * whose other clients it serves well. See {@link RefusedCallException} for declared retries and circuit breakers.
     */
    public static boolean isClientsFault(Throwable failure) {
        return failure instanceof RefusedCallException
                || codeOfCall(failure).filter(CLIENTS_FAULT::contains).isPresent();
    }

    private static Optional<Code> codeOfCall(Throwable failure) {
        return switch (unwrapped(failure)) {
            case StatusRuntimeException call -> Optional.of(call.getStatus().getCode());
            case StatusException call -> Optional.of(call.getStatus().getCode());
            case null, default -> Optional.empty();
        };
    }

    /** The kind of a failure, for doors that do not speak gRPC. */
    public Code code(Throwable failure) {
        return status(unwrapped(failure)).getCode();
    }

    /** The failure as what a call ends with; what is one already keeps its details. */
    public StatusRuntimeException toException(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof StatusRuntimeException told && told.getTrailers() != null && isTold(told.getStatus())) {
            return told;
        }
        Status status = status(cause);
        var info = ErrorInfo.newBuilder().setReason(reason(cause)).setDomain(service + ".loremesh.io");
        String words = Optional.ofNullable(status.getDescription())
                .filter(text -> !text.isBlank())
                .orElse("the %s ended the call with %s and no reason".formatted(service, status.getCode()));
        if (status.getCode() == Code.INTERNAL || status.getCode() == Code.UNKNOWN) {
            String trace =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            LOG.errorf(failure, "A call failed for a reason that nobody foresaw, trace id %s", trace);
            words = "%s; please report it with the trace id %s, under which the %s's log tells where"
                    .formatted(words, trace, service);
            info.putMetadata("trace_id", trace);
        }
        var told = com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .setMessage(words)
                .addDetails(Any.pack(info.build()))
                .build();
        StatusRuntimeException call = StatusProto.toStatusRuntimeException(told);
        return call.getStatus().withCause(failure).asRuntimeException(call.getTrailers());
    }

    private Status status(Throwable failure) {
        return known.status(failure).orElseGet(() -> switch (failure) {
            case StatusRuntimeException call when isTold(call.getStatus()) -> call.getStatus();
            case StatusException call when isTold(call.getStatus()) -> call.getStatus();
            case RefusedCallException refused -> refused.status();
            // NumberFormatException is one, too.
            case IllegalArgumentException e -> Status.INVALID_ARGUMENT.withDescription(words(e));
            case DateTimeException e -> Status.INVALID_ARGUMENT.withDescription(words(e));
            case InvalidProtocolBufferException e -> Status.INVALID_ARGUMENT.withDescription(words(e));
            case RejectedExecutionException _ ->
                Status.RESOURCE_EXHAUSTED.withDescription(
                        "the %s has all the calls that it can queue; try again".formatted(service));
            case OutOfMemoryError _ ->
                Status.RESOURCE_EXHAUSTED.withDescription(
                        "the %s has not enough memory for this request; send less at a time".formatted(service));
            case CancellationException _ ->
                Status.CANCELLED.withDescription("the call was cancelled, or the %s is stopping".formatted(service));
            case TimeoutException e ->
                Status.UNAVAILABLE.withDescription("the %s waited in vain: %s; try again".formatted(service, words(e)));
            case IOException e ->
                Status.UNAVAILABLE.withDescription(
                        "the %s cannot reach its disk or a neighbour: %s; try again".formatted(service, words(e)));
            case StackOverflowError _ ->
                Status.INTERNAL.withDescription(
                        "the %s failed: the request is nested too deeply or too long for it".formatted(service));
            default ->
                Status.INTERNAL.withDescription("the %s failed unexpectedly: %s".formatted(service, words(failure)));
        });
    }

    private static boolean isTold(Status status) {
        return !status.isOk()
                && status.getDescription() != null
                && !status.getDescription().isBlank();
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    /** {@code EngineBusyException} is told as {@code ENGINE_BUSY}. */
    private static String reason(Throwable failure) {
        return failure.getClass()
                .getSimpleName()
                .replaceAll("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
    }

    /** Below what executors and reflection put around a failure. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable inner = failure;
        for (int depth = 0; depth < 10 && inner.getCause() != null; depth++) {
            switch (inner) {
                case CompletionException wrapper -> inner = wrapper.getCause();
                case ExecutionException wrapper -> inner = wrapper.getCause();
                case UncheckedIOException wrapper -> inner = wrapper.getCause();
                case UndeclaredThrowableException wrapper -> inner = wrapper.getCause();
                case InvocationTargetException wrapper -> inner = wrapper.getCause();
                default -> {
                    return inner;
                }
            }
        }
        return inner;
    }
}
