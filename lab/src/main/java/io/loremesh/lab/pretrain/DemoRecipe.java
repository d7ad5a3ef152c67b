package io.loremesh.lab.pretrain;

import io.loremesh.model.checkpoint.ModelConfig;

/** The demo base's shape and how its training begins. */
final class DemoRecipe {

    /** Steps over which the rate rises from zero at the start. */
    static final int WARM_UP_STEPS = 20;

    private static final int HEADS = 4;
    private static final int HIDDEN_UNIT = 64; // each of the four heads needs a whole number of rotary pairs
    private static final int INNER_UNIT = 32;

    private DemoRecipe() {}

    /**
     * A Qwen2 decoder whose layers hold induction from the start ({@link StructuredStart}).
     *
     * @param hidden a multiple of 64; the feed-forward layers are 8/3 as wide
     */
    static ModelConfig shape(int hidden, int layers, int vocabSize) {
        if (hidden < HIDDEN_UNIT || hidden % HIDDEN_UNIT != 0) {
            throw new IllegalArgumentException(
                    "The hidden size must be a multiple of " + HIDDEN_UNIT + ", got " + hidden);
        }
        int inner = hidden * 8 / 3 / INNER_UNIT * INNER_UNIT;
        return new ModelConfig(
                "Qwen2ForCausalLM",
                "qwen2",
                hidden,
                layers,
                HEADS,
                HEADS,
                hidden / HEADS,
                inner,
                vocabSize,
                512,
                1e6,
                1e-6,
                true,
                true);
    }
}
