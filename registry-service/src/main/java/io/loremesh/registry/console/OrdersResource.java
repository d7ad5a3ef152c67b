package io.loremesh.registry.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.loremesh.proto.registry.v1.ApproveVersionRequest;
import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.proto.registry.v1.RollbackAliasRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.erasure.ErasureFlow;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.mlflow.SmallJson;
import io.loremesh.registry.promotion.Approvals;
import io.loremesh.registry.promotion.PromotionFlow;
import io.loremesh.registry.resource.ProtoJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestStreamElementType;

/**
 * What a person orders in the console: the contract's requests, by the same gates and into the same audit log as over
 * gRPC. Who orders and why must be told; nothing is forced from here.
 */
@Path("/api/console/v1")
@SmallJson
@SameOrigin
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {
    private final PromotionFlow promotion;
    private final Approvals approvals;
    private final ErasureFlow erasure;

    OrdersResource(PromotionFlow promotion, Approvals approvals, ErasureFlow erasure) {
        this.promotion = promotion;
        this.approvals = approvals;
        this.erasure = erasure;
    }

    @POST
    @Path("/aliases:set")
    public Uni<String> set(String body, @Context HttpHeaders headers) {
        var request = ProtoJson.parse(body, SetAliasRequest.newBuilder()).build();
        requireAccountable(request.getActor(), request.getReason());
        if (request.getForce()) {
            throw new RegistryException(
                    Kind.INVALID, "the console goes by the gates; `mesh promote --force` moves an alias against them");
        }
        return traced(headers, () -> promotion.set(request)).map(ProtoJson::write);
    }

    @POST
    @Path("/aliases:rollback")
    public Uni<String> rollback(String body, @Context HttpHeaders headers) {
        var request = ProtoJson.parse(body, RollbackAliasRequest.newBuilder()).build();
        requireAccountable(request.getActor(), request.getReason());
        return traced(headers, () -> promotion.rollback(request)).map(ProtoJson::write);
    }

    @POST
    @Path("/versions:approve")
    public Uni<String> approve(String body, @Context HttpHeaders headers) {
        var request = ProtoJson.parse(body, ApproveVersionRequest.newBuilder()).build();
        requireAccountable(request.getActor(), request.getReason());
        return traced(headers, () -> approvals.approve(request)).map(ProtoJson::write);
    }

    /** What is being done, then the proof or why there is none ({@code problem}), as server-sent events. */
    @POST
    @Path("/facts:erase")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.TEXT_PLAIN)
    public Multi<String> erase(String body, @Context HttpHeaders headers) {
        var request = ProtoJson.parse(body, EraseFactRequest.newBuilder()).build();
        requireAccountable(request.getActor(), request.getReason());
        return traced(headers, () -> erasure.erase(request))
                .map(ProtoJson::write)
                // The status of a stream is sent before its first line.
                .onFailure(RegistryException.class)
                .recoverWithItem(refusal -> JsonNodeFactory.instance
                        .objectNode()
                        .put("problem", refusal.getMessage())
                        .toString());
    }

    private static void requireAccountable(String actor, String reason) {
        if (actor.isBlank() || reason.isBlank()) {
            throw new RegistryException(
                    Kind.INVALID, "the order has no actor or no reason; say who asks for it and because of what");
        }
    }

    private static <T> T traced(HttpHeaders headers, Supplier<T> work) {
        return CallTrace.within(CallTrace.of(headers.getHeaderString("traceparent")), work);
    }
}
