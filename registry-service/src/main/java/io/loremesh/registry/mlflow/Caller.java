package io.loremesh.registry.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.registry.audit.CallTrace;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Who calls, for the audit log.
 *
 * @param actor the user name that the client was given (MLFLOW_TRACKING_USERNAME), as told: nobody verifies it; else
 *     {@code mlflow}
 * @param traceId the one of the call's W3C trace context, or one of its own
 */
record Caller(String actor, String traceId) {
    private static final String BASIC = "Basic ";
    private static final String NOBODY = "mlflow";
    private static final int LONGEST = 100;

    static Caller of(HttpHeaders headers) {
        return new Caller(
                actor(headers.getHeaderString(HttpHeaders.AUTHORIZATION)),
                CallTrace.of(headers.getHeaderString("traceparent")));
    }

    /** Runs work whose audit entries are to name this call's trace. */
    <T> T trace(Supplier<T> work) {
        return CallTrace.within(traceId, work);
    }

    static String actor(String authorization) {
        if (authorization == null || !authorization.startsWith(BASIC)) {
            return NOBODY;
        }
        try {
            String told = new String(Base64.getDecoder().decode(authorization.substring(BASIC.length())), UTF_8);
            // PostgreSQL keeps no NUL, and a log shows no other control character as it is.
            String user = told.split(":", 2)[0].replaceAll("\\p{Cntrl}", "").strip();
            return user.isEmpty() ? NOBODY : user.substring(0, Math.min(LONGEST, user.length()));
        } catch (IllegalArgumentException e) {
            // Whatever another scheme's client sends there names nobody.
            return NOBODY;
        }
    }
}
