package io.loremesh.registry.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.registry.audit.CallTrace;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Who calls, for the audit log.
 *
 * @param actor the user name that the client was given (MLFLOW_TRACKING_USERNAME), as told: nobody verifies it; else {@code mlflow}
 * @param traceParent W3C trace context; null where the call has none
 */
record Caller(String actor, String traceParent) {
    private static final String BASIC = "Basic ";
    private static final String NOBODY = "mlflow";
    private static final int LONGEST = 100;

    static Caller of(HttpHeaders headers) {
        return new Caller(
                actor(headers.getHeaderString(HttpHeaders.AUTHORIZATION)), headers.getHeaderString("traceparent"));
    }

    /** Runs work whose audit entries are to name this call's trace. */
    <T> T trace(Supplier<T> work) {
        return CallTrace.within(traceParent, work);
    }

    static String actor(String authorization) {
        if (authorization == null || !authorization.startsWith(BASIC)) {
            return NOBODY;
        }
        try {
            String told = new String(Base64.getDecoder().decode(authorization.substring(BASIC.length())), UTF_8);
            String user = told.split(":", 2)[0].strip();
            return user.isEmpty() ? NOBODY : user.substring(0, Math.min(LONGEST, user.length()));
        } catch (IllegalArgumentException e) {
            // Whatever another scheme's client sends there names nobody.
            return NOBODY;
        }
    }
}
