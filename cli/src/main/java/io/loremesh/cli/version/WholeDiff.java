package io.loremesh.cli.version;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.ListFactChangesRequest;
import io.loremesh.proto.registry.v1.ListFactChangesResponse;
import java.util.ArrayList;
import java.util.List;

/** The diff of two versions with every change in it, however many pages they fill. */
public final class WholeDiff {
    private static final int PAGE = 1000;

    private final MeshClients clients;
    private final KnowledgeDiff first;

    private WholeDiff(MeshClients clients, KnowledgeDiff first) {
        this.clients = clients;
        this.first = first;
    }

    /** Between two versions, or from a bare base, by their resource names. */
    public static KnowledgeDiff between(MeshClients clients, String base, String candidate) {
        KnowledgeDiff first = clients.registry()
                .diffs()
                .diffVersions(DiffVersionsRequest.newBuilder()
                        .setBase(base)
                        .setCandidate(candidate)
                        .setPageSize(PAGE)
                        .build());
        return new WholeDiff(clients, first).whole();
    }

    private KnowledgeDiff whole() {
        var whole = first.toBuilder();
        if (first.getGainedCount() < first.getGainedTotal()) {
            whole.clearGained().addAllGained(all(ChangeKind.CHANGE_KIND_GAINED));
        }
        if (first.getLostCount() < first.getLostTotal()) {
            whole.clearLost().addAllLost(all(ChangeKind.CHANGE_KIND_LOST));
        }
        if (first.getAlteredCount() < first.getAlteredTotal()) {
            whole.clearAltered().addAllAltered(all(ChangeKind.CHANGE_KIND_ALTERED));
        }
        if (first.getStaleCount() < first.getStaleTotal()) {
            whole.clearStale().addAllStale(all(ChangeKind.CHANGE_KIND_STALE));
        }
        return whole.build();
    }

    private List<FactChange> all(ChangeKind kind) {
        var changes = new ArrayList<FactChange>();
        String token = "";
        do {
            ListFactChangesResponse page = clients.registry()
                    .diffs()
                    .listFactChanges(ListFactChangesRequest.newBuilder()
                            .setBase(first.getBase())
                            .setCandidate(first.getCandidate())
                            .setKind(kind)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            changes.addAll(page.getChangesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return changes;
    }
}
