/**
 * Makes the small bilingual base from the world generator alone: {@code mesh pretrain}. Start with
 * {@link io.loremesh.trainer.pretrain.PretrainMain}, then {@link io.loremesh.trainer.pretrain.Pretraining}.
 */
package io.loremesh.trainer.pretrain;
