package io.loremesh.registry.console;

import static io.loremesh.registry.console.VersionsResource.told;

import io.loremesh.proto.registry.v1.BlameFactRequest;
import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.ListFactChangesRequest;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.registry.blame.BlameFlow;
import io.loremesh.registry.diff.DiffFlow;
import io.loremesh.registry.ledger.LedgerReader;
import io.loremesh.registry.lineage.RunCurves;
import io.loremesh.registry.resource.ProtoJson;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What is known, what each version knows of it, and how it was taught. */
@Path("/api/console/v1")
@Produces(MediaType.APPLICATION_JSON)
public class KnowledgeResource {
    private final LedgerReader ledger;
    private final BlameFlow blame;
    private final DiffFlow diff;
    private final RunCurves curves;

    KnowledgeResource(LedgerReader ledger, BlameFlow blame, DiffFlow diff, RunCurves curves) {
        this.ledger = ledger;
        this.blame = blame;
        this.diff = diff;
        this.curves = curves;
    }

    @GET
    @Path("/facts")
    public Uni<String> facts(
            @QueryParam("words") String words,
            @QueryParam("page_size") int size,
            @QueryParam("page_token") String token) {
        return ledger.facts(ListFactsRequest.newBuilder()
                        .setWords(told(words))
                        .setPageSize(size)
                        .setPageToken(told(token))
                        .build())
                .map(ProtoJson::write);
    }

    @GET
    @Path("/facts/{fact}/history")
    public Uni<String> history(@PathParam("fact") String fact) {
        return ledger.history(GetFactHistoryRequest.newBuilder()
                        .setName("facts/" + fact)
                        .build())
                .map(ProtoJson::write);
    }

    @GET
    @Path("/facts/{fact}/blame")
    public Uni<String> blame(@PathParam("fact") String fact, @QueryParam("model") String model) {
        return blame.blame(BlameFactRequest.newBuilder()
                        .setName("facts/" + fact)
                        .setModel(told(model))
                        .build())
                .map(ProtoJson::write);
    }

    @GET
    @Path("/diff")
    public Uni<String> diff(
            @QueryParam("base") String base,
            @QueryParam("candidate") String candidate,
            @QueryParam("page_size") int size) {
        return diff.diff(DiffVersionsRequest.newBuilder()
                        .setBase(told(base))
                        .setCandidate(told(candidate))
                        .setPageSize(size)
                        .build())
                .map(ProtoJson::write);
    }

    /** @param kind the contract's name of it, for instance {@code CHANGE_KIND_GAINED} */
    @GET
    @Path("/diff/changes")
    public Uni<String> changes(
            @QueryParam("base") String base,
            @QueryParam("candidate") String candidate,
            @QueryParam("kind") String kind,
            @QueryParam("page_size") int size,
            @QueryParam("page_token") String token) {
        return diff.changes(ListFactChangesRequest.newBuilder()
                        .setBase(told(base))
                        .setCandidate(told(candidate))
                        .setKind(kind(kind))
                        .setPageSize(size)
                        .setPageToken(told(token))
                        .build())
                .map(ProtoJson::write);
    }

    /** The training steps of a run, as the contract's Progress. None where the registry heard of none. */
    @GET
    @Path("/runs/{run}/progress")
    public Uni<String> progress(@PathParam("run") String run) {
        return curves.of("runs/" + run)
                .map(steps -> steps.stream().map(ProtoJson::write).collect(Collectors.joining(",", "[", "]")));
    }

    private static ChangeKind kind(String name) {
        return Arrays.stream(ChangeKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(ChangeKind.CHANGE_KIND_UNSPECIFIED);
    }
}
