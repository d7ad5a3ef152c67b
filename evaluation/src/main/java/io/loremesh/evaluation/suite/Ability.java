package io.loremesh.evaluation.suite;

/** What a base should be able to do. All names are fresh and, except where the words must be the same, all question templates held out. */
public enum Ability {
    /** One sentence, its fact asked for. */
    READ_ONE("read 1 fact"),
    /** Three to five unrelated sentences. */
    READ_SEVERAL("read 3-5 mixed facts"),
    /** Several facts of one subject. */
    ONE_SUBJECT("read 3-4 facts of one subject"),
    /** One relation of three or four subjects. */
    ONE_RELATION("read 3-4 facts of one relation"),
    /** One relation of three or four subjects with similar names. */
    CONFUSABLE_NAMES("confusable names"),
    /** Relations that nobody has met before. */
    OPEN_RELATION("open relations"),
    /** Relatives and pets by role or name, from single sentences. */
    FAMILY("family sentences"),
    /** A question-and-answer passage, asked in its own words. */
    FAQ_EXACT("question-and-answer passage, same words"),
    /** A question-and-answer passage, asked in other words. */
    FAQ_PARAPHRASED("question-and-answer passage, other words"),
    /** The passages say something else of the subject: abstain. */
    OTHER_RELATION("abstains: other relation"),
    /** The passages are about a similar name: abstain. */
    SIMILAR_NAME("abstains: similar name"),
    /** The passages are about somebody else: abstain. */
    FRESH_NAME("abstains: fresh name"),
    /** A relative of whom the passages say nothing, or not this: abstain. */
    FAMILY_MISSING("abstains: family"),
    /** By heart. */
    KNOWN_FACT("known facts"),
    /** By heart, and unknown: abstain. */
    UNKNOWN_SUBJECT("abstains: unknown subject");

    private final String label;

    Ability(String label) {
        this.label = label;
    }

    /** Its name in a report. */
    public String label() {
        return label;
    }
}
