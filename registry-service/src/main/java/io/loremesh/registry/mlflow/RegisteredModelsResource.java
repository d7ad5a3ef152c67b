package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;

/** {@code registered-models/…} of MLflow's REST API 2.0. */
@Path("/api/2.0/mlflow/registered-models")
@SmallJson
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class RegisteredModelsResource {
    private static final Map<String, Object> DONE = Map.of();

    private final RegisteredModels models;
    private final ModelVersions versions;
    private final Tags tags;

    RegisteredModelsResource(RegisteredModels models, ModelVersions versions, Tags tags) {
        this.models = models;
        this.versions = versions;
        this.tags = tags;
    }

    @POST
    @Path("/create")
    public Uni<Map<String, ObjectNode>> create(String body, @Context HttpHeaders headers) {
        return models.create(Parameters.of(body), Caller.of(headers)).map(RegisteredModelsResource::model);
    }

    @GET
    @Path("/get")
    public Uni<Map<String, ObjectNode>> get(@Context UriInfo uri) {
        return models.get(query(uri).model()).map(RegisteredModelsResource::model);
    }

    @PATCH
    @Path("/update")
    public Uni<Map<String, ObjectNode>> update(String body, @Context HttpHeaders headers) {
        Parameters told = Parameters.of(body);
        return models.update(told.model(), told.text("description"), Caller.of(headers))
                .map(RegisteredModelsResource::model);
    }

    @POST
    @Path("/rename")
    public Uni<Map<String, Object>> rename(String body) {
        throw new Unsupported(
                "models/%s keeps its name: versions, facts, events and generators know it by "
                        + "that; register a model of the"
                        + " other name",
                Parameters.of(body).model());
    }

    @DELETE
    @Path("/delete")
    public Uni<Map<String, Object>> delete(String body) {
        return models.delete(Parameters.of(body).model()).replaceWith(DONE);
    }

    @GET
    @Path("/search")
    public Uni<ObjectNode> search(@Context UriInfo uri) {
        return models.search(query(uri));
    }

    @POST
    @Path("/get-latest-versions")
    public Uni<Map<String, List<ObjectNode>>> latest(String body) {
        return latest(Parameters.of(body));
    }

    @GET
    @Path("/get-latest-versions")
    public Uni<Map<String, List<ObjectNode>>> latest(@Context UriInfo uri) {
        return latest(query(uri));
    }

    @POST
    @Path("/set-tag")
    public Uni<Map<String, Object>> setTag(String body, @Context HttpHeaders headers) {
        Parameters told = Parameters.of(body);
        return tags.set(
                        VersionName.bare(told.model()),
                        Map.of(told.required("key"), told.text("value")),
                        Caller.of(headers))
                .replaceWith(DONE);
    }

    @DELETE
    @Path("/delete-tag")
    public Uni<Map<String, Object>> deleteTag(String body, @Context HttpHeaders headers) {
        Parameters told = Parameters.of(body);
        return tags.remove(VersionName.bare(told.model()), told.required("key"), Caller.of(headers))
                .replaceWith(DONE);
    }

    @POST
    @Path("/alias")
    public Uni<Map<String, Object>> setAlias(String body, @Context HttpHeaders headers) {
        Parameters told = Parameters.of(body);
        return models.setAlias(told.version(), told.required("alias"), Caller.of(headers))
                .replaceWith(DONE);
    }

    @DELETE
    @Path("/alias")
    public Uni<Map<String, Object>> deleteAlias(String body, @Context HttpHeaders headers) {
        Parameters told = Parameters.of(body);
        return models.deleteAlias(told.model(), told.required("alias"), Caller.of(headers))
                .replaceWith(DONE);
    }

    @GET
    @Path("/alias")
    public Uni<Map<String, ObjectNode>> byAlias(@Context UriInfo uri) {
        Parameters told = query(uri);
        return versions.getByAlias(told.model(), told.required("alias"))
                .map(version -> Map.of("model_version", version));
    }

    private Uni<Map<String, List<ObjectNode>>> latest(Parameters told) {
        return models.latest(told.model(), told.texts("stages")).map(found -> Map.of("model_versions", found));
    }

    private static Parameters query(UriInfo uri) {
        return Parameters.of(uri.getQueryParameters());
    }

    private static Map<String, ObjectNode> model(ObjectNode model) {
        return Map.of("registered_model", model);
    }
}
