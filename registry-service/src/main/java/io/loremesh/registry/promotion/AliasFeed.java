package io.loremesh.registry.promotion;

import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.WatchAliasesRequest;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.outbox.OutboxWritten;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.VersionRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells watchers where aliases point, then each move. A watcher reads the moves after the last it has seen whenever
 * something was committed here, and each second for what another process committed: so none is missed or told twice.
 */
@ApplicationScoped
public class AliasFeed {
    private static final Duration OTHER_PROCESSES = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final BroadcastProcessor<Boolean> commits = BroadcastProcessor.create();

    AliasFeed(Transactions transactions) {
        this.transactions = transactions;
    }

    /** One at a time: commits happen on many threads, and a stream takes its items from one. */
    synchronized void wake(@Observes OutboxWritten written) {
        commits.onNext(true);
    }

    public Multi<AliasMove> watch(WatchAliasesRequest request) {
        String model = VersionRef.model(request.getModel());
        var seen = new AtomicLong();
        Multi<Boolean> looks = Multi.createBy()
                .merging()
                .streams(
                        commits,
                        // What was committed between the first reading and this subscription.
                        Multi.createFrom().item(true),
                        Multi.createFrom().ticks().every(OTHER_PROCESSES).map(tick -> true))
                .onOverflow()
                .dropPreviousItems();
        Multi<AliasMoveEntity> moves = looks.onItem()
                .transformToUniAndConcatenate(look -> after(model, seen.get()))
                .onItem()
                .disjoint();
        return Multi.createBy()
                .concatenating()
                .streams(current(model).onItem().disjoint(), moves)
                .invoke(move -> seen.accumulateAndGet(move.sequence, Math::max))
                .map(AliasMoveEntity::toProto);
    }

    private Multi<List<AliasMoveEntity>> current(String model) {
        return transactions
                .in(() -> BaseModels.require(model).chain(() -> AliasMoveEntity.current(model)))
                .toMulti();
    }

    private Uni<List<AliasMoveEntity>> after(String model, long sequence) {
        return transactions
                .in(() -> AliasMoveEntity.<AliasMoveEntity>list(
                        "model = ?1 and sequence > ?2 order by sequence", model, sequence))
                // The next look finds what this one missed.
                .onFailure(PassingTrouble::is)
                .recoverWithItem(List.of());
    }
}
