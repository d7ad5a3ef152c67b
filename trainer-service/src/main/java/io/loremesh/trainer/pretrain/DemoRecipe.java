package io.loremesh.trainer.pretrain;

import io.loremesh.model.checkpoint.ModelConfig;

/** The demo base's shape and the sizes of its steps. */
final class DemoRecipe {

    /** Tokens of one optimiser step. */
    static final int STEP_TOKENS = 3000;

    /** Parts into which a step is cut by length: less padding, and work for every thread. */
    static final int PARTS = 4;

    /** Steps over which the rate rises from zero at the start. */
    static final int WARM_UP_STEPS = 20;

    private DemoRecipe() {}

    /** A Qwen2 decoder whose layers hold induction from the start ({@link StructuredStart}). */
    static ModelConfig shape(int layers, int vocabSize) {
        return new ModelConfig(
                "Qwen2ForCausalLM", "qwen2", 128, layers, 4, 4, 32, 320, vocabSize, 512, 1e6, 1e-6, true, true);
    }
}
