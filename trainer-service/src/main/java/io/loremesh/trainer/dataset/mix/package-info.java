/** The rows of each step of a run. See {@link io.loremesh.trainer.dataset.mix.TrainingMix}. */
package io.loremesh.trainer.dataset.mix;
