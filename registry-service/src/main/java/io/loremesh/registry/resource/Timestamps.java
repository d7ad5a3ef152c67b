package io.loremesh.registry.resource;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the contracts write them. */
public final class Timestamps {
    private Timestamps() {}

    /** Now, to the microsecond: what PostgreSQL keeps, so a resource reads the same before and after it is stored. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    public static Timestamp of(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
