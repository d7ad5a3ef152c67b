package io.loremesh.lab.suite;

/**
 * What a base should be able to do. All names are fresh; the question templates are those of training except where the
 * ability is to understand others.
 */
public enum Ability {
    /** One sentence, its fact asked for; the answer is a name, a number or free words. */
    READ_ONE("read 1 fact, open-class"),
    /** One sentence, the answer from a list such as colours. */
    READ_ONE_CLOSED("read 1 fact, closed-class"),
    /** Three to five unrelated sentences. */
    READ_SEVERAL("read 3-5 mixed facts"),
    /** Several facts of one subject. */
    ONE_SUBJECT("read 3-5 facts of one subject"),
    /** One relation of three to five subjects. */
    ONE_RELATION("read 3-5 facts of one relation"),
    /** One relation of three to five subjects with similar names. */
    CONFUSABLE_NAMES("confusable names"),
    /** One sentence that names the object before the subject. */
    OBJECT_FIRST("object-first statements"),
    /** Relations that nobody has met before. */
    OPEN_RELATION("open relations"),
    /** A few sentences on relatives and pets, by role or name. */
    FAMILY("family sentences"),
    /** Five to nine facts of a family. */
    WHOLE_FAMILY("paragraph: family"),
    /** A paragraph on one or two companies. */
    COMPANY("paragraph: company"),
    /** A paragraph on one or two products. */
    PRODUCTS("paragraph: product line"),
    /** What was true before and what is true now. */
    CHANGING("changed facts"),
    /** A question-and-answer passage, asked in its own words. */
    FAQ_EXACT("question-and-answer passage, same words"),
    /** A question-and-answer passage, asked in other words. */
    FAQ_PARAPHRASED("question-and-answer passage, other words"),
    /** A step over two passages. */
    TWO_HOPS("2-hop question over two passages"),
    /** A step over a passage and a fact known by heart. */
    HOP_BY_HEART("2-hop question over a passage and memory"),
    /** A question in this language over a passage in the other one. */
    CROSS_LINGUAL("passage in the other language"),
    /** One sentence, asked in templates that were never trained. */
    UNSEEN_READING("templates never seen: reading"),
    /** The passages say something else of the subject: abstain. */
    OTHER_RELATION("abstains: other relation"),
    /** The passages are about a similar name: abstain. */
    SIMILAR_NAME("abstains: similar name"),
    /** The passages are about somebody else: abstain. */
    FRESH_NAME("abstains: fresh name"),
    /** A relative of whom the passages say nothing, or not this: abstain. */
    FAMILY_MISSING("abstains: family"),
    /** The last step of a longer question is missing: abstain. */
    HOP_MISSING("abstains: 2-hop question, second step missing"),
    /** By heart. */
    KNOWN_FACT("known facts"),
    /** By heart, asked in templates that were never trained. */
    UNSEEN_MEMORY("templates never seen: memory"),
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
