package io.loremesh.registry.mlflow;

import io.loremesh.registry.failure.RegistryException.Kind;

/**
 * MLflow's error codes, of those that its clients know (databricks.proto), with the HTTP status that each is sent with.
 * Clients read the code from the body; the status tells them whether to try again by themselves, which they do for 429
 * and 5xx but 501.
 */
enum ErrorCode {
    INVALID_PARAMETER_VALUE(400),
    RESOURCE_ALREADY_EXISTS(400),
    /** MLflow itself sends 500, after which its clients would ask again and again for what is refused. */
    INVALID_STATE(400),
    RESOURCE_DOES_NOT_EXIST(404),
    ENDPOINT_NOT_FOUND(404),
    DATA_LOSS(500),
    INTERNAL_ERROR(500),
    NOT_IMPLEMENTED(501),
    TEMPORARILY_UNAVAILABLE(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    static ErrorCode of(Kind kind) {
        return switch (kind) {
            case INVALID, OUT_OF_RANGE -> INVALID_PARAMETER_VALUE;
            case NOT_FOUND -> RESOURCE_DOES_NOT_EXIST;
            case ALREADY_EXISTS -> RESOURCE_ALREADY_EXISTS;
            case PRECONDITION -> INVALID_STATE;
            case DATA_LOSS -> DATA_LOSS;
            // Clients ask again by themselves, which is all that is needed.
            case BUSY, UNAVAILABLE -> TEMPORARILY_UNAVAILABLE;
        };
    }
}
