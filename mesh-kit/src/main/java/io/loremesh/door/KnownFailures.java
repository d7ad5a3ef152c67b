package io.loremesh.door;

import io.grpc.Status;
import java.util.Optional;

/**
 * What a service alone knows of its failures: asked before {@link StatusMapping}'s own rules. Its
 * statuses have a description that names the thing, the fact and the remedy.
 */
@FunctionalInterface
public interface KnownFailures {
    /** @return empty for a failure that it does not know */
    Optional<Status> status(Throwable failure);
}
