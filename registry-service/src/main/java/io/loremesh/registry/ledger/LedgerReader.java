package io.loremesh.registry.ledger;

import io.loremesh.proto.registry.v1.FactHistory;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.ListFactsRequest;
import io.loremesh.proto.registry.v1.ListFactsResponse;
import io.loremesh.proto.registry.v1.ListLedgerEntriesRequest;
import io.loremesh.proto.registry.v1.ListLedgerEntriesResponse;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What the ledger tells: facts, their history, what a version knows. */
@ApplicationScoped
public class LedgerReader {
    private static final int DEFAULT_PAGE = 100;

    private final Transactions transactions;

    LedgerReader(Transactions transactions) {
        this.transactions = transactions;
    }

    public Uni<ListFactsResponse> facts(ListFactsRequest request) {
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        String pattern = FactSearch.pattern(request.getWords());
        Uni<List<FactEntity>> read =
                transactions.in(() -> request.getNotLearnedBy().isEmpty()
                        ? FactEntity.<FactEntity>find(
                                        "not retracted and name > ?1 and words like ?2 escape '!' order by name",
                                        page.after(),
                                        pattern)
                                .range(0, page.size())
                                .list()
                        : Versions.resolve(VersionRef.parse(request.getNotLearnedBy()))
                                .chain(version -> notLearnedBy(version, pattern, page)));
        return read.map(facts -> {
            var slice = page.cut(facts, fact -> fact.name);
            return ListFactsResponse.newBuilder()
                    .addAllFacts(slice.rows().stream().map(FactEntity::fact).toList())
                    .setNextPageToken(slice.nextToken())
                    .build();
        });
    }

    public Uni<FactHistory> history(GetFactHistoryRequest request) {
        return transactions.in(() -> FactRevisionEntity.<FactRevisionEntity>list(
                        "fact = ?1 order by revision", request.getName())
                .invoke(revisions -> {
                    if (revisions.isEmpty()) {
                        throw new RegistryException(Kind.NOT_FOUND, "there is no fact \"%s\"", request.getName());
                    }
                })
                .chain(revisions -> LedgerLineEntity.<LedgerLineEntity>list(
                                "fact = ?1 order by model, version", request.getName())
                        .map(lines -> FactHistory.newBuilder()
                                .addAllRevisions(revisions.stream()
                                        .map(FactRevisionEntity::toProto)
                                        .toList())
                                .addAllLedger(lines.stream()
                                        .map(LedgerLineEntity::toProto)
                                        .toList())
                                .build())));
    }

    public Uni<ListLedgerEntriesResponse> entries(ListLedgerEntriesRequest request) {
        VersionRef ref = VersionRef.parse(request.getVersion());
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        return transactions
                .in(() -> Versions.resolve(ref).chain(version -> lines(version, request.getState(), page)))
                .map(lines -> {
                    var slice = page.cut(lines, line -> line.fact);
                    return ListLedgerEntriesResponse.newBuilder()
                            .addAllEntries(slice.rows().stream()
                                    .map(LedgerLineEntity::toProto)
                                    .toList())
                            .setNextPageToken(slice.nextToken())
                            .build();
                });
    }

    private static Uni<List<FactEntity>> notLearnedBy(VersionName version, String pattern, Page page) {
        return FactEntity.<FactEntity>find(
                        "from FactEntity f where not f.retracted and f.name > ?1 and f.words like ?5 escape '!'"
                                + " and not exists (select 1 from LedgerLineEntity l where l.fact "
                                + "= f.name and l.model = ?2 and l.version = ?3 and l.state = ?4)"
                                + " order by f.name",
                        page.after(),
                        version.model(),
                        version.number(),
                        KnowledgeState.KNOWLEDGE_STATE_LEARNED,
                        pattern)
                .range(0, page.size())
                .list();
    }

    private static Uni<List<LedgerLineEntity>> lines(VersionName version, KnowledgeState state, Page page) {
        String all = "model = ?1 and version = ?2 and fact > ?3";
        var query = state == KnowledgeState.KNOWLEDGE_STATE_UNSPECIFIED
                ? LedgerLineEntity.<LedgerLineEntity>find(
                        all + " order by fact", version.model(), version.number(), page.after())
                : LedgerLineEntity.<LedgerLineEntity>find(
                        all + " and state = ?4 order by fact", version.model(), version.number(), page.after(), state);
        return query.range(0, page.size()).list();
    }
}
