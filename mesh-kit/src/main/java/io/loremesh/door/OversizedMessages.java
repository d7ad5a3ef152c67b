package io.loremesh.door;

import io.grpc.Status;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells a client whose message is too large what would fit. The transport ends such a call with a bare
 * RESOURCE_EXHAUSTED before any interceptor, so the words are put to its headers on their way out.
 */
@ApplicationScoped
public class OversizedMessages {
    private static final String LIMIT = "quarkus.grpc.server.max-inbound-message-size";
    private static final int FIRST = 1_000;
    private static final String EXHAUSTED = Integer.toString(Status.Code.RESOURCE_EXHAUSTED.value());

    private final String words;

    /** @param limit bytes; the default is gRPC's */
    OversizedMessages(@ConfigProperty(name = LIMIT, defaultValue = "4194304") int limit) {
        words = "A message is larger than %d bytes; send less at a time or raise %s".formatted(limit, LIMIT);
    }

    void listen(@Observes Filters filters) {
        filters.register(this::explain, FIRST);
    }

    private void explain(RoutingContext call) {
        String type = call.request().getHeader("content-type");
        if (type != null && type.startsWith("application/grpc")) {
            call.addHeadersEndHandler(sent -> explain(call.response().headers()));
        }
        call.next();
    }

    /** The services' own refusals have a description; only the transport's has none. */
    private void explain(MultiMap headers) {
        if (EXHAUSTED.equals(headers.get("grpc-status")) && !headers.contains("grpc-message")) {
            headers.set("grpc-message", words);
        }
    }
}
