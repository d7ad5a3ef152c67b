package io.loremesh.door;

import io.grpc.Status;

/**
 * A neighbour refused what it was sent, and would again. A class of its own, so that declared fault tolerance can tell
 * it from a neighbour that is away: {@code @Retry(abortOn = RefusedCallException.class)}, {@code @CircuitBreaker(skipOn
 * = RefusedCallException.class)}, on a call that ends in {@code
 * .onFailure().transform(RefusedCallException::ifClientsFault)}.
 */
public final class RefusedCallException extends RuntimeException {
    private final transient Status status;

    private RefusedCallException(Status status, Throwable cause) {
        super(status.getDescription(), cause);
        this.status = status;
    }

    /** This exception where a call failed for what its client sent, or else the failure as it is. */
    public static Throwable ifClientsFault(Throwable failure) {
        return StatusMapping.isClientsFault(failure) && !(failure instanceof RefusedCallException)
                ? new RefusedCallException(Status.fromThrowable(failure), failure)
                : failure;
    }

    /** What the neighbour said. */
    public Status status() {
        return status;
    }
}
