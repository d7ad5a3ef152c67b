package io.loremesh.generator.openai;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.loremesh.generator.answer.GrpcErrors;
import java.util.Locale;

/** A failure in OpenAI's form. */
record OpenAiError(Detail error) {
    record Detail(String message, String type, String param, String code) {}

    /** With the HTTP status that goes with it. */
    record Told(int status, OpenAiError body) {}

    static Told of(Throwable failure) {
        if (failure instanceof OpenAiRefusal refusal) {
            return new Told(
                    refusal.status(),
                    new OpenAiError(new Detail(
                            refusal.getMessage(), "invalid_request_error", refusal.param(), refusal.code())));
        }
        Status status = GrpcErrors.toStatus(failure).getStatus();
        int http = httpStatus(status.getCode());
        String type = http < 500 ? "invalid_request_error" : "server_error";
        return new Told(http, new OpenAiError(new Detail(status.getDescription(), type, null, word(status.getCode()))));
    }

    /** A request that no method takes. */
    static OpenAiError request(Code code, String message) {
        return new OpenAiError(new Detail(message, "invalid_request_error", null, word(code)));
    }

    private static String word(Code code) {
        return code.name().toLowerCase(Locale.ROOT);
    }

    private static int httpStatus(Code code) {
        return switch (code) {
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
