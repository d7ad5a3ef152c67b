package io.loremesh.lab.curriculum;

/** In which way a context does not answer a question though it looks as if. */
public enum MissingKind {
    /** It says something else of the subject. */
    OTHER_RELATION,
    /** It says this of somebody with a similar name. */
    SIMILAR_NAME,
    /** It says this of somebody else. */
    FRESH_NAME,
    /** It is about something else. */
    ANYTHING
}
