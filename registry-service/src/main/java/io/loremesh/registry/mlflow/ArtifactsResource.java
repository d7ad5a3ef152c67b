package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.loremesh.registry.artifact.Artifacts;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** MLflow's artifact proxy: uploads by path, downloads by path or content. */
@Path("/api/2.0/mlflow-artifacts/artifacts")
public class ArtifactsResource {
    private static final Map<String, Object> DONE = Map.of();

    private final StagedFiles staged;
    private final AdapterFiles adapters;
    private final Artifacts artifacts;

    ArtifactsResource(StagedFiles staged, AdapterFiles adapters, Artifacts artifacts) {
        this.staged = staged;
        this.adapters = adapters;
        this.artifacts = artifacts;
    }

    /** @param size absent for directories */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FileInfo(
            String path,
            @JsonProperty("is_dir") boolean isDir,
            @JsonProperty("file_size") Long size) {}

    /** Bytes of an artifact. */
    private record Extent(ContentDigest digest, long offset, long size) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Map<String, List<FileInfo>>> list(@QueryParam("path") @DefaultValue("") String path) {
        Uni<List<FileInfo>> files =
                switch (ArtifactPath.parse(path)) {
                    case ArtifactPath.Archive archive ->
                        adapters.members(archive.digest()).map(members -> members.stream()
                                .map(member -> new FileInfo(member.name(), false, member.size()))
                                .toList());
                    case ArtifactPath.Member file -> Uni.createFrom().item(List.of());
                    case ArtifactPath.Staged directory ->
                        staged.below(directory.path()).map(found -> entries(directory.path(), found));
                };
        return files.map(found -> Map.of("files", found));
    }

    @GET
    @Path("/{path:.+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Multi<byte[]> download(@PathParam("path") String path) {
        Uni<Extent> extent =
                switch (ArtifactPath.parse(path)) {
                    case ArtifactPath.Archive archive ->
                        artifacts
                                .status(archive.digest().toString())
                                .map(status -> new Extent(archive.digest(), 0, status.getStoredBytes()));
                    case ArtifactPath.Member file -> member(file);
                    case ArtifactPath.Staged file ->
                        staged.require(file.path())
                                .map(there ->
                                        new Extent(ContentDigest.parse(there.artifactDigest), 0, there.sizeBytes));
                };
        return extent.onItem().transformToMulti(part -> artifacts.slice(part.digest(), part.offset(), part.size()));
    }

    /** On a worker thread: the client is read from no faster than the disk is written. */
    @PUT
    @Path("/{path:.+}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    public Uni<Map<String, Object>> upload(@PathParam("path") String path, InputStream bytes) {
        return staged.put(requireStaged(path), bytes).replaceWith(DONE);
    }

    @DELETE
    @Path("/{path:.+}")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Map<String, Object>> delete(@PathParam("path") String path) {
        return staged.remove(requireStaged(path)).replaceWith(DONE);
    }

    private Uni<Extent> member(ArtifactPath.Member file) {
        return adapters.members(file.digest())
                .map(members -> members.stream()
                        .filter(member -> member.name().equals(file.file()))
                        .findFirst()
                        .orElseThrow(() -> new RegistryException(
                                Kind.NOT_FOUND,
                                "artifact %s holds no %s; list it to see what it holds",
                                file.digest(),
                                file.file())))
                .map(member -> new Extent(file.digest(), member.offset(), member.size()));
    }

    private static String requireStaged(String path) {
        return switch (ArtifactPath.parse(path)) {
            case ArtifactPath.Staged file -> file.path();
            case ArtifactPath.Archive archive -> throw unchangeable(archive.digest());
            case ArtifactPath.Member member -> throw unchangeable(member.digest());
        };
    }

    private static RegistryException unchangeable(ContentDigest digest) {
        return new RegistryException(
                Kind.INVALID,
                "artifact %s is named by its content and cannot be changed; use a path of your own",
                digest);
    }

    /** The next names below a directory. */
    private static List<FileInfo> entries(String directory, List<StagedFileEntity> below) {
        var entries = new LinkedHashMap<String, FileInfo>();
        for (StagedFileEntity file : below) {
            String rest = file.path.substring(directory.isEmpty() ? 0 : directory.length() + 1);
            String name = rest.split("/", 2)[0];
            boolean isDir = !name.equals(rest);
            entries.put(name, new FileInfo(name, isDir, isDir ? null : file.sizeBytes));
        }
        return List.copyOf(entries.values());
    }
}
