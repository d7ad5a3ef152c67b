package io.loremesh.registry.console;

import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListBaseModelsRequest;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsRequest;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.registry.drift.DriftRecords;
import io.loremesh.registry.lineage.LineageReader;
import io.loremesh.registry.promotion.PromotionFlow;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Models, their versions, and what became of them. */
@Path("/api/console/v1/models")
@Produces(MediaType.APPLICATION_JSON)
public class VersionsResource {
    private final BaseModels models;
    private final Versions versions;
    private final LineageReader lineage;
    private final PromotionFlow promotion;
    private final DriftRecords drift;

    VersionsResource(
            BaseModels models, Versions versions, LineageReader lineage, PromotionFlow promotion, DriftRecords drift) {
        this.models = models;
        this.versions = versions;
        this.lineage = lineage;
        this.promotion = promotion;
        this.drift = drift;
    }

    @GET
    public Uni<String> models(@QueryParam("page_size") int size, @QueryParam("page_token") String token) {
        return models.list(ListBaseModelsRequest.newBuilder()
                        .setPageSize(size)
                        .setPageToken(told(token))
                        .build())
                .map(ProtoJson::write);
    }

    @GET
    @Path("/{model}/versions")
    public Uni<String> versions(
            @PathParam("model") String model,
            @QueryParam("page_size") int size,
            @QueryParam("page_token") String token) {
        return versions.list(ListVersionsRequest.newBuilder()
                        .setParent("models/" + model)
                        .setPageSize(size)
                        .setPageToken(told(token))
                        .build())
                .map(ProtoJson::write);
    }

    /**
     * A version with its verdict, its base, its ancestors, the moves of aliases to and from it, and what the audit log
     * has.
     */
    @GET
    @Path("/{model}/versions/{version}/lineage")
    public Uni<String> lineage(@PathParam("model") String model, @PathParam("version") String version) {
        return lineage.lineage(GetLineageRequest.newBuilder()
                        .setVersion("models/%s/versions/%s".formatted(model, version))
                        .build())
                .map(ProtoJson::write);
    }

    @GET
    @Path("/{model}/moves")
    public Uni<String> moves(
            @PathParam("model") String model,
            @QueryParam("alias") String alias,
            @QueryParam("page_size") int size,
            @QueryParam("page_token") String token) {
        return promotion
                .list(ListAliasMovesRequest.newBuilder()
                        .setModel("models/" + model)
                        .setAlias(told(alias))
                        .setPageSize(size)
                        .setPageToken(told(token))
                        .build())
                .map(ProtoJson::write);
    }

    @GET
    @Path("/{model}/drift")
    public Uni<String> drift(
            @PathParam("model") String model,
            @QueryParam("page_size") int size,
            @QueryParam("page_token") String token) {
        return drift.list(ListDriftMeasurementsRequest.newBuilder()
                        .setParent("models/" + model)
                        .setPageSize(size)
                        .setPageToken(told(token))
                        .build())
                .map(ProtoJson::write);
    }

    /** A parameter that is absent says the same as an empty one. */
    static String told(String parameter) {
        return parameter == null ? "" : parameter;
    }
}
