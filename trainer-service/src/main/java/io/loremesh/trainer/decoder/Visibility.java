package io.loremesh.trainer.decoder;

/**
 * What the tokens of a padded batch see of one another.
 *
 * @param positions [batch * seq] the position of each token, row by row
 * @param mask [batch * seq * seq] what is added to the attention score of a token (row) for another (column): 0, or
 *     negative infinity where it is not seen; every token sees itself
 */
public record Visibility(long[] positions, float[] mask) {}
