package io.loremesh.evaluation.world;

/** Which of a relation's question templates are asked in. */
public enum Wording {
    /** Those that training uses. */
    TRAINED,
    /** Those that training never uses and go/no-go checks do. */
    VALIDATION,
    /** Those that only the final measurement uses. */
    HELD_OUT
}
