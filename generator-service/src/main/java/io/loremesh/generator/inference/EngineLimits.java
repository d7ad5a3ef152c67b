package io.loremesh.generator.inference;

/**
 * The sizes of an engine.
 *
 * @param rows sequences decoded at a time
 * @param context tokens in a sequence, prompt and answer together
 * @param queue requests that may wait for a row
 * @param prefillSlice tokens of a prompt run between two decoding steps; smaller keeps other answers flowing
 * @param threads that one step may use
 */
public record EngineLimits(int rows, int context, int queue, int prefillSlice, int threads) {
    public EngineLimits {
        if (rows < 1 || context < 2 || queue < 1 || prefillSlice < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "Every limit of the engine must be at least 1 (context 2), but they are rows "
                            + rows + ", context " + context + ", queue " + queue + ", prefillSlice " + prefillSlice
                            + ", threads "
                            + threads);
        }
    }
}
