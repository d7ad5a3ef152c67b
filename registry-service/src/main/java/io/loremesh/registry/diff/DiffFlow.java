package io.loremesh.registry.diff;

import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.ListFactChangesRequest;
import io.loremesh.proto.registry.v1.ListFactChangesResponse;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * The story of a diff: count what changed, test it, show the first changes of each kind, explain them by the adapter.
 */
@ApplicationScoped
public class DiffFlow {
    private static final int DEFAULT_PAGE = 100;

    /** The two versions. */
    private record Sides(VersionName base, VersionName candidate) {}

    private final Transactions transactions;
    private final Pool pool;
    private final AdapterChanges adapters;

    DiffFlow(Transactions transactions, Pool pool, AdapterChanges adapters) {
        this.transactions = transactions;
        this.pool = pool;
        this.adapters = adapters;
    }

    public Uni<KnowledgeDiff> diff(DiffVersionsRequest request) {
        Page first = Page.of(request.getPageSize(), DEFAULT_PAGE, "");
        return sides(request.getBase(), request.getCandidate())
                .chain(sides ->
                        compare(sides, first).call(diff -> explain(diff, sides)).map(KnowledgeDiff.Builder::build));
    }

    public Uni<ListFactChangesResponse> changes(ListFactChangesRequest request) {
        ChangeKind kind = request.getKind();
        if (kind == ChangeKind.CHANGE_KIND_UNSPECIFIED || kind == ChangeKind.UNRECOGNIZED) {
            throw new RegistryException(
                    Kind.INVALID, "`kind` is not set; ask for gained, lost, altered or stale facts");
        }
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        return sides(request.getBase(), request.getCandidate())
                .chain(sides -> within(
                        sides, comparison -> comparison.changes(kind, page).chain(changes -> {
                            var slice = page.cut(changes, LedgerComparison.Changed::fact);
                            return teller(comparison, sides)
                                    .tell(slice.rows())
                                    .map(told -> ListFactChangesResponse.newBuilder()
                                            .addAllChanges(told)
                                            .setNextPageToken(slice.nextToken())
                                            .build());
                        })));
    }

    private Uni<Sides> sides(String base, String candidate) {
        VersionRef from = VersionRef.parse(base);
        VersionRef to = VersionRef.parse(candidate);
        return transactions.in(() ->
                Versions.resolve(from).chain(before -> Versions.resolve(to).map(after -> new Sides(before, after))));
    }

    private Uni<KnowledgeDiff.Builder> compare(Sides sides, Page first) {
        return within(sides, comparison -> {
            var lists = new Lists(comparison, teller(comparison, sides), first);
            return comparison
                    .tally()
                    .map(tally -> counted(sides, tally))
                    .call(diff -> comparison.deltas().invoke(diff::addAllDeltas))
                    .call(diff -> lists.first(ChangeKind.CHANGE_KIND_GAINED, diff.getGainedTotal())
                            .invoke(diff::addAllGained))
                    .call(diff -> lists.first(ChangeKind.CHANGE_KIND_LOST, diff.getLostTotal())
                            .invoke(diff::addAllLost))
                    .call(diff -> lists.first(ChangeKind.CHANGE_KIND_ALTERED, diff.getAlteredTotal())
                            .invoke(diff::addAllAltered))
                    .call(diff -> lists.first(ChangeKind.CHANGE_KIND_STALE, diff.getStaleTotal())
                            .invoke(diff::addAllStale));
        });
    }

    private Uni<AdapterChanges.Told> explain(KnowledgeDiff.Builder diff, Sides sides) {
        return adapters.between(sides.base(), sides.candidate())
                .invoke(told -> diff.addAllModuleNorms(told.norms()).setModuleNormsProblem(told.problem()));
    }

    /** The beginnings of the lists. */
    private record Lists(LedgerComparison comparison, ChangeTeller teller, Page page) {
        /** A list that is known to be empty is not looked for. */
        Uni<List<FactChange>> first(ChangeKind kind, int total) {
            return total == 0
                    ? Uni.createFrom().item(List.of())
                    : comparison
                            .changes(kind, page)
                            .map(changes -> page.cut(changes, LedgerComparison.Changed::fact)
                                    .rows())
                            .chain(teller::tell);
        }
    }

    private static ChangeTeller teller(LedgerComparison comparison, Sides sides) {
        return new ChangeTeller(comparison, sides.base(), sides.candidate());
    }

    private <T> Uni<T> within(Sides sides, Function<LedgerComparison, Uni<T>> work) {
        return pool.withTransaction(connection -> {
            var comparison = new LedgerComparison(connection, sides.base(), sides.candidate());
            return comparison.prepare().chain(() -> work.apply(comparison));
        });
    }

    private static KnowledgeDiff.Builder counted(Sides sides, Tally tally) {
        var diff = KnowledgeDiff.newBuilder()
                .setBase(sides.base().resource())
                .setCandidate(sides.candidate().resource())
                .setGainedTotal(tally.count(ChangeKind.CHANGE_KIND_GAINED))
                .setLostTotal(tally.count(ChangeKind.CHANGE_KIND_LOST))
                .setAlteredTotal(tally.count(ChangeKind.CHANGE_KIND_ALTERED))
                .setStaleTotal(tally.count(ChangeKind.CHANGE_KIND_STALE))
                .setUnchangedCount(tally.unchanged())
                .addAllTransitions(tally.transitions());
        tally.significance().ifPresent(diff::setSignificance);
        return diff;
    }
}
