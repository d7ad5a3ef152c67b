package io.loremesh.lab.bench.registry;

import io.grpc.stub.StreamObserver;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.Waiting;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.lab.bench.Quantile;
import io.loremesh.lab.report.Row;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.WatchAliasesRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long it takes from the call that moves an alias until every generator that watches has been told. */
record AliasNews(MeshClients clients) {
    private static final String ALIAS = "bench";
    private static final int WATCHERS = 16;
    private static final int MOVES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    Row measure() {
        var watchers = new ArrayList<Watcher>();
        for (int i = 0; i < WATCHERS; i++) {
            var watcher = new Watcher();
            watchers.add(watcher);
            clients.watchAliases()
                    .watchAliases(
                            WatchAliasesRequest.newBuilder()
                                    .setModel("models/" + Registrations.MODEL)
                                    .build(),
                            watcher);
        }
        // The first moves find out whether all watch already.
        move(0, watchers);
        double[] millis = new double[MOVES];
        for (int i = 0; i < MOVES; i++) {
            millis[i] = move(i + 1, watchers);
        }
        return Row.of(
                        "alias moved to the last of %d watchers told, p99".formatted(WATCHERS),
                        Quantile.of(millis, .99),
                        "ms")
                .atMost(200)
                .noting("%d moves, one after the other".formatted(MOVES));
    }

    /** Milliseconds until the last watcher was told. */
    private double move(int number, List<Watcher> watchers) {
        long begin = System.nanoTime();
        long sequence = clients.registry()
                .aliases()
                .setAlias(SetAliasRequest.newBuilder()
                        .setModel("models/" + Registrations.MODEL)
                        .setAlias(ALIAS)
                        .setVersion("models/%s/versions/%d".formatted(Registrations.MODEL, number % 2 + 1))
                        .setActor("bench")
                        .setReason("move " + number)
                        .build())
                .getSequence();
        if (!Waiting.within(PATIENCE, Duration.ofMillis(1), () -> watchers.stream()
                .allMatch(watcher -> watcher.arrivals.containsKey(sequence)))) {
            throw new Failure("a watcher was not told of an alias's move within %d s".formatted(PATIENCE.toSeconds()));
        }
        long last = watchers.stream()
                .mapToLong(watcher -> watcher.arrivals.get(sequence))
                .max()
                .orElseThrow();
        return (last - begin) / 1e6;
    }

    /** When each move was heard of, by its sequence number. */
    private static final class Watcher implements StreamObserver<AliasMove> {
        private final Map<Long, Long> arrivals = new ConcurrentHashMap<>();

        @Override
        public void onNext(AliasMove move) {
            arrivals.put(move.getSequence(), System.nanoTime());
        }

        @Override
        public void onError(Throwable failure) {
            // The waiting for its arrivals tells it.
        }

        @Override
        public void onCompleted() {}
    }
}
