package io.loremesh.lab.world;

/**
 * The object of a claim.
 *
 * @param text as it stands in the passage and is expected as the answer
 * @param unit what follows it in a sentence and may be said in an answer (" years old" after an English age), else
 *     empty
 * @param closed whether it comes from a closed list
 */
public record Value(String text, String unit, boolean closed) {}
