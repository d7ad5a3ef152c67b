package io.loremesh.registry.resource;

import com.google.protobuf.Timestamp;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the contracts write them. */
public final class Timestamps {
    /** The end of the years that contracts can write. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Timestamps() {}

    /** Now, to the microsecond: what PostgreSQL keeps, so a resource reads the same before and after it is stored. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Now, or the time before it where this replica's clock is behind the one that told that: what happened later is
     * never told to be earlier.
     *
     * @param before null where nothing was before
     */
    public static Instant nowAfter(Instant before) {
        Instant now = now();
        return before != null && before.isAfter(now) ? before : now;
    }

    public static Timestamp of(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    /** Errors: INVALID, outside the years 1 to 9999. */
    public static Instant read(Timestamp time) {
        if (!com.google.protobuf.util.Timestamps.isValid(time)) {
            throw new RegistryException(
                    Kind.INVALID,
                    "%d s and %d ns are no instant; write one of the years 1 to 9999",
                    time.getSeconds(),
                    time.getNanos());
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
