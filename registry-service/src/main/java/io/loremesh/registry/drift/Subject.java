package io.loremesh.registry.drift;

import io.loremesh.registry.drift.WayBack.Stay;
import io.loremesh.registry.version.VersionName;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The version that a measurement is of; it stays so when `active` moves meanwhile.
 *
 * @param stay the version and its promotion
 * @param move sequence of the last move of `active` when the measurement began
 * @param judged the drift that its verdict tells, nats per token; empty where there is no verdict, or not that gate in
 *     it
 * @param learned questions of facts that it had learned
 */
record Subject(
        Stay stay, long move, VersionName parent, OptionalDouble judged, List<String> learned, Instant beginTime) {
    Subject {
        learned = List.copyOf(learned);
    }

    VersionName version() {
        return stay.version();
    }

    Subject with(List<String> questions) {
        return new Subject(stay, move, parent, judged, questions, beginTime);
    }
}
