package io.loremesh.registry.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what another site's page sends in a visitor's browser, and what no page sends: a browser tells where a POST
 * comes from (Fetch standard, {@code Origin}), and everything else has gRPC.
 */
class SameOriginFilter {
    /** The body of a refusal, as all of the HTTP doors write it. */
    record Refusal(@JsonProperty("error_code") String code, String message) {}

    /** Null: the request may pass. */
    @SameOrigin
    @ServerRequestFilter
    Response refuse(ContainerRequestContext request) {
        String origin = request.getHeaderString("Origin");
        String here = request.getUriInfo().getRequestUri().getAuthority();
        return isSame(origin, here)
                ? null
                : Response.status(Response.Status.FORBIDDEN)
                        .type(MediaType.APPLICATION_JSON)
                        .entity(new Refusal(
                                "PERMISSION_DENIED",
                                ("the request comes from %.200s and not from the console at %s; "
                                                + "use the console, or `mesh`")
                                        .formatted(origin == null ? "no page" : origin, here)))
                        .build();
    }

    /**
     * Whether a page of this origin was served by this authority. A proxy may have ended its TLS: schemes are not
     * compared.
     */
    static boolean isSame(String origin, String authority) {
        if (origin == null || authority == null) {
            return false;
        }
        try {
            return authority.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
