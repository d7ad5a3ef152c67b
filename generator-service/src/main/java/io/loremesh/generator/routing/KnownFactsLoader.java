package io.loremesh.generator.routing;

import io.loremesh.generator.registry.RegistryClient;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads from the registry what a version has learned. Blocks. */
@ApplicationScoped
public class KnownFactsLoader {
    private static final int PAGE = 1_000;

    private final RegistryClient registry;

    public KnownFactsLoader(RegistryClient registry) {
        this.registry = registry;
    }

    /** The facts that the ledger calls learned by this version, and all others as not learned. */
    public KnownFacts load(String version) {
        Map<String, KnownFact> facts = new LinkedHashMap<>();
        String page = "";
        do {
            ListFactsResponse response = registry.facts(ListFactsRequest.newBuilder()
                            .setPageSize(PAGE)
                            .setPageToken(page)
                            .build())
                    .await()
                    .indefinitely();
            for (Fact fact : response.getFactsList()) {
                facts.put(fact.getName(), KnownFact.of(fact, false));
            }
            page = response.getNextPageToken();
        } while (!page.isEmpty());
        do {
            ListLedgerEntriesResponse response = registry.ledger(ListLedgerEntriesRequest.newBuilder()
                            .setVersion(version)
                            .setState(KnowledgeState.KNOWLEDGE_STATE_LEARNED)
                            .setPageSize(PAGE)
                            .setPageToken(page)
                            .build())
                    .await()
                    .indefinitely();
            for (LedgerEntry entry : response.getEntriesList()) {
                facts.put(entry.getFact().getName(), KnownFact.of(entry.getFact(), true));
            }
            page = response.getNextPageToken();
        } while (!page.isEmpty());
        return new KnownFacts(facts.values());
    }
}
