/**
 * Low-rank adaptation: the small matrices that a run learns beside the frozen base, and the loop that learns them.
 * Start with {@link io.loremesh.trainer.lora.FineTune}.
 */
package io.loremesh.trainer.lora;
