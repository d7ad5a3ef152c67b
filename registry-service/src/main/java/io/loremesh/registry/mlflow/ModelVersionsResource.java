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
import java.util.Map;

/** {@code model-versions/…} of MLflow's REST API 2.0. */
@Path("/api/2.0/mlflow/model-versions")
@SmallJson
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class ModelVersionsResource {
    private static final Map<String, Object> DONE = Map.of();

    private final ModelVersions versions;
    private final VersionSearch search;
    private final Tags tags;

    ModelVersionsResource(ModelVersions versions, VersionSearch search, Tags tags) {
        this.versions = versions;
        this.search = search;
        this.tags = tags;
    }

    @POST
    @Path("/create")
    public Uni<Map<String, ObjectNode>> create(String body, @Context HttpHeaders headers) {
        return versions.create(Parameters.of(body), Caller.of(headers)).map(ModelVersionsResource::version);
    }

    @GET
    @Path("/get")
    public Uni<Map<String, ObjectNode>> get(@Context UriInfo uri) {
        return versions.get(query(uri).version()).map(ModelVersionsResource::version);
    }

    @PATCH
    @Path("/update")
    public Uni<Map<String, ObjectNode>> update(String body, @Context HttpHeaders headers) {
        Parameters told = Parameters.of(body);
        return versions.update(told.version(), told.text("description"), Caller.of(headers))
                .map(ModelVersionsResource::version);
    }

    @DELETE
    @Path("/delete")
    public Uni<Map<String, Object>> delete(String body) {
        VersionName name = Parameters.of(body).version();
        throw new Unsupported(
                "%s stays: what was live when must be answerable for ever; move its aliases "
                        + "elsewhere, or erase a fact that it"
                        + " must not know (`mesh erase`)",
                name);
    }

    @GET
    @Path("/search")
    public Uni<ObjectNode> search(@Context UriInfo uri) {
        return search.search(query(uri));
    }

    @GET
    @Path("/get-download-uri")
    public Uni<Map<String, String>> downloadUri(@Context UriInfo uri) {
        return versions.downloadUri(query(uri).version()).map(address -> Map.of("artifact_uri", address));
    }

    @POST
    @Path("/set-tag")
    public Uni<Map<String, Object>> setTag(String body, @Context HttpHeaders headers) {
        Parameters told = Parameters.of(body);
        return tags.set(told.version(), Map.of(told.required("key"), told.text("value")), Caller.of(headers))
                .replaceWith(DONE);
    }

    @DELETE
    @Path("/delete-tag")
    public Uni<Map<String, Object>> deleteTag(String body, @Context HttpHeaders headers) {
        Parameters told = Parameters.of(body);
        return tags.remove(told.version(), told.required("key"), Caller.of(headers))
                .replaceWith(DONE);
    }

    @POST
    @Path("/transition-stage")
    public Uni<Map<String, Object>> transition(String body) {
        Parameters told = Parameters.of(body);
        VersionName name = told.version();
        throw new Unsupported(
                "%s has no stage to move to \"%.40s\"; aliases say what a version is for: set "
                        + "`active` to have it answer,"
                        + " `candidate` or one of your own otherwise (set_registered_model_alias)",
                name, told.text("stage"));
    }

    private static Parameters query(UriInfo uri) {
        return Parameters.of(uri.getQueryParameters());
    }

    private static Map<String, ObjectNode> version(ObjectNode version) {
        return Map.of("model_version", version);
    }
}
