/**
 * Makes the small bilingual base from the world generator alone: {@code mesh pretrain}. Start with
 * {@link io.loremesh.lab.pretrain.PretrainMain}, then {@link io.loremesh.lab.pretrain.Pretraining}.
 */
package io.loremesh.lab.pretrain;
