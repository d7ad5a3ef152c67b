package io.loremesh.registry.trial;

import com.google.protobuf.util.Durations;
import io.loremesh.proto.registry.v1.CreateTrialRequest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.VersionRef;
import java.time.Duration;

/**
 * A trial that is asked for.
 *
 * @param share of the requests that name no version
 * @param trace of the call
 */
record TrialOrder(
        VersionRef version,
        double share,
        boolean shadow,
        Duration duration,
        String actor,
        String reason,
        String trace) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Errors: INVALID. */
    TrialOrder {
        boolean most = shadow ? share <= 1 : share < 1;
        if (!(share > 0 && most)) {
            throw new RegistryException(
                    Kind.INVALID,
                    shadow
                            ? "a shadow of %s of the requests is none; ask for a share above 0 and up to 1"
                            : "a canary of %s of the requests is none; ask for a share above 0 "
                                    + "and below 1, for the rest is what it is"
                                    + " compared with",
                    share);
        }
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new RegistryException(
                    Kind.INVALID, "a trial of %s is none; let it last from 1 second to 7 days", duration);
        }
    }

    static TrialOrder of(CreateTrialRequest request, String trace) {
        return new TrialOrder(
                VersionRef.parse(request.getVersion()),
                request.getShare(),
                request.getShadow(),
                duration(request),
                request.getActor(),
                request.getReason(),
                trace);
    }

    private static Duration duration(CreateTrialRequest request) {
        if (!Durations.isValid(request.getDuration())) {
            throw new RegistryException(
                    Kind.INVALID, "the duration of the trial is none; send seconds and nanoseconds");
        }
        return Duration.ofSeconds(
                request.getDuration().getSeconds(), request.getDuration().getNanos());
    }
}
