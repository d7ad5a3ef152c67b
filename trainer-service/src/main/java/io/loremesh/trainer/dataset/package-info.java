/**
 * What a run learns from. The facts ({@link io.loremesh.trainer.dataset.RunSpec}) are asked in many phrasings, beside
 * them what must not be lost (facts already learned, saying that one does not know, reading): {@code practice} says
 * how, {@code mix} in which shares.
 */
package io.loremesh.trainer.dataset;
