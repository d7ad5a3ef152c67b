package io.loremesh.cli.version;

import com.google.protobuf.util.Timestamps;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.connect.Waiting;
import io.loremesh.cli.terminal.ProgressBar;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.proto.registry.v1.GetTrialRequest;
import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.proto.registry.v1.TrialState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Watches a trial to its end. */
final class AwaitedTrial {
    /** After its time: the registry decides within a second, or once it is back. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int PLAIN_LINES = 10;

    private AwaitedTrial() {}

    /** @return as it ended; as it stands where it does not end in time */
    static Trial of(MeshClients clients, Trial begun, Terminal terminal) {
        var bar = new ProgressBar(terminal, PLAIN_LINES);
        var last = new AtomicReference<>(begun);
        Duration time = between(begun);
        long start = System.nanoTime();
        Waiting.within(time.plus(GRACE), POLL, () -> {
            Trial now = get(clients, begun.getName());
            last.set(now);
            bar.show(System.nanoTime() - start, time.toNanos(), TrialText.progress(now));
            return now.getState() != TrialState.TRIAL_STATE_RUNNING;
        });
        bar.end();
        return last.get();
    }

    /** As {@code mesh promote --wait} exits. */
    static int exitCode(Trial trial) {
        return switch (trial.getState()) {
            case TRIAL_STATE_PROMOTED -> 0;
            case TRIAL_STATE_WITHDRAWN -> AwaitedVerdict.REJECTED;
            case TRIAL_STATE_UNDECIDED, TRIAL_STATE_RUNNING, TRIAL_STATE_UNSPECIFIED, UNRECOGNIZED ->
                AwaitedVerdict.NOT_APPROVED;
        };
    }

    static String begun(Trial trial) {
        return ("%s for %d s; `./mesh trial` shows how it does, `./mesh trial --end` ends it; `active` "
                        + "stays %s until then")
                .formatted(
                        TrialText.headline(trial), between(trial).toSeconds(), VersionNames.brief(trial.getAgainst()));
    }

    private static Trial get(MeshClients clients, String name) {
        return clients.registry()
                .trials()
                .getTrial(GetTrialRequest.newBuilder().setName(name).build());
    }

    /** To the second: the one is the registry's time and the other the database's. */
    private static Duration between(Trial trial) {
        return Duration.ofSeconds(Math.round(
                Timestamps.toMillis(trial.getDueTime()) / 1e3 - Timestamps.toMillis(trial.getCreateTime()) / 1e3));
    }
}
