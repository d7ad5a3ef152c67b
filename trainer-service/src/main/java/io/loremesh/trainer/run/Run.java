package io.loremesh.trainer.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * One training run. Immutable: a change is a new record, kept by {@link RunBoard}.
 *
 * @param name {@code runs/{run}}
 * @param requestId makes a repeated request find this run; empty where it gave none
 * @param model {@code models/{model}}
 * @param parent version that it trains on from; empty for the base
 * @param facts what it teaches, {@code facts/{fact}}
 * @param keptOut what it was to teach or replay, and the model's policy keeps out
 */
public record Run(
        String name,
        String requestId,
        String model,
        String parent,
        List<String> facts,
        RunSettings settings,
        Instant createTime,
        RunState state,
        List<KeptOut> keptOut) {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    public Run {
        facts = List.copyOf(facts);
        // Runs of a trainer that knew no policy are read, too.
        keptOut = keptOut == null ? List.of() : List.copyOf(keptOut);
        if (!name.matches("runs/[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException("Run name %s is not `runs/{run}`".formatted(name));
        }
        if (facts.isEmpty()) {
            throw new IllegalArgumentException(name + " teaches nothing");
        }
        Objects.requireNonNull(settings);
        Objects.requireNonNull(createTime);
        Objects.requireNonNull(state);
    }

    /** A name that no other run has; it tells when the run was asked for. */
    public static String nameAt(Instant now) {
        String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return "runs/%s-%s".formatted(ID_TIME.format(now), unique);
    }

    /** A new run at the end of the queue. */
    public static Run queued(
            String name,
            String requestId,
            String model,
            String parent,
            List<String> facts,
            RunSettings settings,
            Instant now) {
        return new Run(name, requestId, model, parent, facts, settings, now, new RunState.Queued(), List.of());
    }

    public Run in(RunState next) {
        return new Run(name, requestId, model, parent, facts, settings, createTime, next, keptOut);
    }

    /** This run over what is left of its facts once more of them are kept out. */
    public Run over(List<String> left, List<KeptOut> more) {
        List<KeptOut> all = Stream.concat(keptOut.stream(), more.stream()).toList();
        return new Run(name, requestId, model, parent, left, settings, createTime, state, all);
    }

    /** The name without its collection: what its files are called. */
    public String id() {
        return name.substring("runs/".length());
    }

    public boolean ended() {
        return state instanceof RunState.Ended;
    }
}
