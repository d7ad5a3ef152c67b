package io.loremesh.lab.world;

/** Which of a relation's question templates are asked in. */
public enum Wording {
    /** Those that training uses. */
    TRAINED,
    /** Those and the further ones, which training uses last. */
    WIDE,
    /** Those that training never uses and go/no-go checks do. */
    VALIDATION,
    /** Those that only the final measurement uses. */
    HELD_OUT;

    /** The templates in which passages put questions: never those that are held back. */
    public Wording ofPassages() {
        return this == WIDE ? WIDE : TRAINED;
    }
}
