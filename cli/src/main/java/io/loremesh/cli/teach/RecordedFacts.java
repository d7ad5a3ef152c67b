package io.loremesh.cli.teach;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.Waiting;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The facts that the registry holds now: what a fine-tune can be asked to learn. */
public final class RecordedFacts {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PAGE = 1000;

    private RecordedFacts() {}

    /** Returns once the registry has recorded all of them. @param facts names, {@code facts/{fact}} */
    public static void await(MeshClients clients, Set<String> facts) {
        Waiting.until("the registry to record %d facts".formatted(facts.size()), PATIENCE, () -> names(clients)
                .containsAll(facts));
    }

    /** Returns once the registry holds no fact any more. */
    public static void awaitNone(MeshClients clients) {
        Waiting.until("the registry to retract every fact", PATIENCE, () -> names(clients)
                .isEmpty());
    }

    private static Set<String> names(MeshClients clients) {
        var names = new HashSet<String>();
        String token = "";
        do {
            ListFactsResponse page = clients.registry()
                    .facts()
                    .listFacts(ListFactsRequest.newBuilder()
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build());
            page.getFactsList().forEach(fact -> names.add(fact.getName()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return names;
    }
}
