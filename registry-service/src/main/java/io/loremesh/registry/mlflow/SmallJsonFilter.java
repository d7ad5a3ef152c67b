package io.loremesh.registry.mlflow;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets calls change something by a small JSON text only, and refuses everything else before it is read. */
class SmallJsonFilter {
    private static final int LARGEST = 1 << 20;
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    /** Null: the request may pass. */
    @SmallJson
    @ServerRequestFilter
    Response refuse(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.GET)) {
            return null;
        }
        // The service's own limit is that of artifacts, which never are in memory; over HTTP/2 a body need not tell its
        // length.
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !LENGTH.matcher(length).matches() || Integer.parseInt(length) > LARGEST) {
            return ErrorMapper.response(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "the request's Content-Length is %.20s, and %d bytes are taken at most; tell it, and send less"
                            .formatted(length == null ? "not told" : length, LARGEST));
        }
        // A page in somebody's browser may post to this address without asking first, but not JSON.
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON)
                ? null
                : ErrorMapper.response(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "the request's body is not told to be JSON; send `Content-Type: application/json`");
    }
}
