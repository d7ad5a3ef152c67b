package io.loremesh.generator.inference;

/**
 * A decoded token.
 *
 * @param logProbability natural logarithm of the probability that the model itself gave it, at temperature 1
 */
public record Token(int id, double logProbability) {}
