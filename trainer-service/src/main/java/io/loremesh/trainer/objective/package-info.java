/**
 * What training minimises: the causal language-model loss on the tokens that matter (answers and their end), over
 * padded batches. Start with {@link io.loremesh.trainer.objective.MaskedLoss}.
 */
package io.loremesh.trainer.objective;
