package io.loremesh.lab.pretrain;

/**
 * How a run is made.
 *
 * @param command all that decides which weights come out, as the user would type it; a run goes on under the same one
 *     only
 * @param seed of weights and data
 * @param stepTokens tokens of one optimiser step
 * @param threads workers; the order of a sum, and so its last bit, depends on their number
 * @param precision of the products in a step
 * @param goOn whether a failed check is told and passed over
 */
record RunSettings(String command, long seed, int stepTokens, int threads, Precision precision, boolean goOn) {

    RunSettings {
        if (stepTokens < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "A run needs tokens per step and threads of at least 1, got " + stepTokens + " and " + threads);
        }
    }
}
