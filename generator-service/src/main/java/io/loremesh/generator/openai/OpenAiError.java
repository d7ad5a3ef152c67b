package io.loremesh.generator.openai;

import io.grpc.Status.Code;
import io.loremesh.generator.answer.GrpcErrors;
import java.util.Locale;

/** A failure in OpenAI's form, with its HTTP status. */
record OpenAiError(Detail error) {
    record Detail(String message, String type, String param, String code) {}

    static OpenAiError of(Throwable failure) {
        String type = httpStatus(failure) < 500 ? "invalid_request_error" : "server_error";
        String code = GrpcErrors.code(failure).name().toLowerCase(Locale.ROOT);
        return new OpenAiError(new Detail(String.valueOf(failure.getMessage()), type, null, code));
    }

    /** A request that no method takes. */
    static OpenAiError request(Code code, String message) {
        return new OpenAiError(
                new Detail(message, "invalid_request_error", null, code.name().toLowerCase(Locale.ROOT)));
    }

    static int httpStatus(Throwable failure) {
        return switch (GrpcErrors.code(failure)) {
            case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case CANCELLED -> 499;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case OK, UNKNOWN, UNIMPLEMENTED, INTERNAL, DATA_LOSS -> 500;
        };
    }
}
