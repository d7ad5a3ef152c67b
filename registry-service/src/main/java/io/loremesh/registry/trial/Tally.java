package io.loremesh.registry.trial;

import io.loremesh.proto.registry.v1.TrialTally;

/**
 * What one of the two versions of a trial did.
 *
 * @param requests of which some failed; the others were answered
 * @param facts answers to questions of facts that the version had learned
 * @param agreements of these, those that the ledger calls right
 */
record Tally(int requests, int errors, int abstentions, Latency latency, int facts, int agreements) {
    /** Quantiles of the time of an answer with the 95 % interval of the second, milliseconds. */
    record Latency(double p50, double p95, double p95Low, double p95High) {
        static final Latency NONE = new Latency(0, 0, 0, 0);
    }

    static final Tally NONE = new Tally(0, 0, 0, Latency.NONE, 0, 0);

    int answers() {
        return requests - errors;
    }

    TrialTally toProto() {
        return TrialTally.newBuilder()
                .setRequestCount(requests)
                .setErrorCount(errors)
                .setAbstentionCount(abstentions)
                .setLatencyP50(latency.p50())
                .setLatencyP95(latency.p95())
                .setFactCount(facts)
                .setAgreementCount(agreements)
                .build();
    }
}
