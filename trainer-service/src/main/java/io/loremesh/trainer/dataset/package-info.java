/**
 * What a run learns from: the new facts in many phrasings, beside them what must not be lost (facts already learned,
 * saying that one does not know, reading). Start with {@link io.loremesh.trainer.dataset.TrainingMix}.
 */
package io.loremesh.trainer.dataset;
