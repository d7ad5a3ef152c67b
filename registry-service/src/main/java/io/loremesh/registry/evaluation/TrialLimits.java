package io.loremesh.registry.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a version on trial is held to, against the active one. At the end of a trial no figure may be above its limit.
 *
 * @param least requests that each of the two must have had before anything is judged
 * @param errors share of requests that failed, more than the active version's
 * @param abstentions share of answers that say that they do not know, more than the active version's
 * @param latency 95th percentile of the time of an answer, as a multiple of the active version's
 * @param disagreement share of answers to learned facts that the ledger calls right, less than the active version's
 */
public record TrialLimits(int least, double errors, double abstentions, double latency, double disagreement) {
    static final String LEAST = "least";
    static final String ERRORS = "errors";
    static final String ABSTENTIONS = "abstentions";
    static final String LATENCY = "latency";
    static final String DISAGREEMENT = "disagreement";

    /** Of each key, in the order in which a file shows them. */
    static final Map<String, Gate.Limits> RANGES = ranges();

    static final String KEYS = String.join(", ", RANGES.keySet());

    /** What holds where a policy does not name them. */
    public static final TrialLimits USUAL = new TrialLimits(50, 0.01, 0.05, 2.0, 0.05);

    private static Map<String, Gate.Limits> ranges() {
        var ranges = new LinkedHashMap<String, Gate.Limits>();
        ranges.put(LEAST, new Gate.Limits(1, 1_000_000, 50, " requests"));
        ranges.put(ERRORS, Gate.Limits.share(0.01));
        ranges.put(ABSTENTIONS, Gate.Limits.share(0.05));
        ranges.put(LATENCY, new Gate.Limits(1, 1_000, 2.0, " times that of the active version"));
        ranges.put(DISAGREEMENT, Gate.Limits.share(0.05));
        return Collections.unmodifiableMap(ranges);
    }

    /** As a policy file has it. */
    String yaml() {
        return String.format(
                Locale.ROOT,
                "trial: {%s: %d, %s: %s, %s: %s, %s: %s, %s: %s}\n",
                LEAST,
                least,
                ERRORS,
                errors,
                ABSTENTIONS,
                abstentions,
                LATENCY,
                latency,
                DISAGREEMENT,
                disagreement);
    }
}
