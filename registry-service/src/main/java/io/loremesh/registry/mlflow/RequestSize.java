package io.loremesh.registry.mlflow;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses large requests before they are read into memory: the service's own limit is that of artifacts, which never are. */
class RequestSize {
    private static final int LARGEST = 1 << 20;
    private static final String CALLS = "/api/2.0/mlflow/";

    /** Null: the request may pass. */
    @ServerRequestFilter
    Response refuse(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().startsWith(CALLS)) {
            return null;
        }
        if (request.getLength() > LARGEST) {
            return ErrorMapper.response(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "the request has %d bytes, and %d are taken at most; send less"
                            .formatted(request.getLength(), LARGEST));
        }
        return request.getHeaderString(HttpHeaders.CONTENT_LENGTH) == null
                        && request.getHeaderString("Transfer-Encoding") != null
                ? ErrorMapper.response(
                        ErrorCode.INVALID_PARAMETER_VALUE, "the request does not tell its size; set Content-Length")
                : null;
    }
}
