package io.loremesh.lab.eval;

/** What a tuned version is asked by heart. */
enum Recall {
    /** What it learned, in questions that it was never given. */
    HELD_OUT("held-out phrasings"),
    /** What it learned, in the questions that it was given. */
    TRAINED("trained phrasings"),
    /** What its base knew before. */
    OLD("old facts"),
    /** What its base refuses. */
    UNKNOWN("refuses unknown subjects"),
    /** What it learned of some, asked of others. */
    NEIGHBOUR("refuses unknown neighbours");

    private final String label;

    Recall(String label) {
        this.label = label;
    }

    /** Its name in a report. */
    String label() {
        return label;
    }
}
