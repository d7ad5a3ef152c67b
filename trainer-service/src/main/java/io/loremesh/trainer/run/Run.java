package io.loremesh.trainer.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One training run. Immutable: a change is a new record, kept by {@link RunBoard}.
 *
 * @param name {@code runs/{run}}
 * @param requestId makes a repeated request find this run; empty where it gave none
 * @param model {@code models/{model}}
 * @param parent version that it trains on from; empty for the base
 * @param facts what it teaches, {@code facts/{fact}}
 */
public record Run(
        String name,
        String requestId,
        String model,
        String parent,
        List<String> facts,
        RunSettings settings,
        Instant createTime,
        RunState state) {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    public Run {
        facts = List.copyOf(facts);
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

    /** A new run at the end of the queue; its id tells when it was asked for. */
    public static Run queued(
            String requestId, String model, String parent, List<String> facts, RunSettings settings, Instant now) {
        String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        String name = "runs/%s-%s".formatted(ID_TIME.format(now), unique);
        return new Run(name, requestId, model, parent, facts, settings, now, new RunState.Queued());
    }

    public Run in(RunState next) {
        return new Run(name, requestId, model, parent, facts, settings, createTime, next);
    }

    /** The name without its collection: what its files are called. */
    public String id() {
        return name.substring("runs/".length());
    }

    public boolean ended() {
        return state instanceof RunState.Ended;
    }
}
