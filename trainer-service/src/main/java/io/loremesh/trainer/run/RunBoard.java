package io.loremesh.trainer.run;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Every run as it is now: in memory for its readers, on disk for the next start, told to those who watch. A change of
 * state is stored and announced at once, progress within a state at most once a second. Safe for concurrent use;
 * changes of all runs are serialised.
 */
public final class RunBoard {
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

    private final RunStore store;
    private final Consumer<Run> announce;
    private final InstantSource clock;
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, Set<Consumer<Run>>> watchers = new HashMap<>();
    private final Map<String, Instant> written = new HashMap<>();

    /** @param announce told of each stored change; must not block */
    public RunBoard(RunStore store, Consumer<Run> announce, InstantSource clock) {
        this.store = store;
        this.announce = announce;
        this.clock = clock;
        store.recover(clock.instant()).forEach(run -> runs.put(run.name(), run));
    }

    /** Takes a run in, unless one with its request id is there: then that one is returned. */
    public synchronized Run admit(Run run) {
        Optional<Run> earlier = byRequest(run.requestId());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        write(run);
        return run;
    }

    /** The run that a request made, or empty where it made none or has no id. */
    public synchronized Optional<Run> byRequest(String requestId) {
        return requestId.isEmpty()
                ? Optional.empty()
                : runs.values().stream()
                        .filter(run -> run.requestId().equals(requestId))
                        .findFirst();
    }

    /** @throws TrainerException.UnknownResource where there is no such run */
    public synchronized Run get(String name) {
        Run run = runs.get(name);
        if (run == null) {
            throw new TrainerException.UnknownResource(
                    "there is no run \"%s\"; ListRuns tells which there are".formatted(name));
        }
        return run;
    }

    public synchronized List<Run> newestFirst() {
        return runs.values().stream()
                .sorted(Comparator.comparing(Run::createTime)
                        .thenComparing(Run::name)
                        .reversed())
                .toList();
    }

    synchronized long count(io.loremesh.proto.trainer.v1.RunState state) {
        return runs.values().stream()
                .filter(run -> RunMessages.state(run.state()) == state)
                .count();
    }

    /**
     * Moves a run on and returns it as it is then; {@code move} may return the run it was given, which changes nothing.
     */
    public synchronized Run update(String name, UnaryOperator<Run> move) {
        Run before = get(name);
        Run after = move.apply(before);
        if (after.equals(before)) {
            return after;
        }
        boolean milestone = before.state().getClass() != after.state().getClass();
        if (milestone || !clock.instant().isBefore(written.get(name).plus(PROGRESS_INTERVAL))) {
            write(after);
        }
        runs.put(name, after);
        // Copied: a watcher leaves when it is told of the end.
        List.copyOf(watchers.getOrDefault(name, Set.of())).forEach(watcher -> watcher.accept(after));
        return after;
    }

    /**
     * The run as it is, then each change to its end. A slow reader skips to the latest and always gets the end.
     *
     * @throws TrainerException.UnknownResource where there is no such run
     */
    public Multi<Run> watch(String name) {
        get(name);
        return Multi.createFrom()
                .emitter(
                        reader -> {
                            Consumer<Run> watcher = run -> {
                                reader.emit(run);
                                if (run.ended()) {
                                    reader.complete();
                                }
                            };
                            synchronized (this) {
                                watchers.computeIfAbsent(name, any -> new LinkedHashSet<>())
                                        .add(watcher);
                                reader.onTermination(() -> forget(name, watcher));
                                watcher.accept(get(name));
                            }
                        },
                        BackPressureStrategy.LATEST);
    }

    private synchronized void forget(String name, Consumer<Run> watcher) {
        Set<Consumer<Run>> left = watchers.getOrDefault(name, new LinkedHashSet<>());
        left.remove(watcher);
        if (left.isEmpty()) {
            watchers.remove(name);
        }
    }

    private void write(Run run) {
        store.save(run);
        runs.put(run.name(), run);
        if (run.ended()) {
            written.remove(run.name());
        } else {
            written.put(run.name(), clock.instant());
        }
        announce.accept(run);
    }
}
