package io.loremesh.registry.erasure;

import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.VersionRef;

/**
 * What is to be erased, for whom.
 *
 * @param fact {@code facts/{fact}}
 * @param model id of the model whose versions forget it
 * @param trace of the call
 */
record ErasureOrder(String fact, String model, String actor, String reason, String trace) {
    /** Errors: INVALID. */
    static ErasureOrder of(EraseFactRequest request, String trace) {
        if (request.getReason().isBlank()) {
            throw new RegistryException(
                    Kind.INVALID, "the erasure of %s has no reason; say because of what", request.getFact());
        }
        return new ErasureOrder(
                request.getFact(),
                VersionRef.model(request.getModel()),
                request.getActor(),
                request.getReason(),
                trace);
    }
}
