package io.loremesh.generator.answer;

/**
 * A question with how it wants to be answered.
 *
 * @param text 1 to 2,000 characters
 * @param version empty for the active one
 * @param maxTokens 0 for the configured number
 * @param maxPassages 0 for the configured number
 * @param recorded whether the answer goes to the answers topic
 * @param trace that the caller's request belongs to, 32 hex digits; empty where it told none
 */
public record Question(
        String text, String version, Routing routing, int maxTokens, int maxPassages, boolean recorded, String trace) {
    /** The longest question, in UTF-16 units. */
    public static final int MAX_LENGTH = 2_000;

    /** Which ways may be tried. */
    public enum Routing {
        /** Learned and fresh facts from the weights, all else by retrieval. */
        AUTO,
        /** What the weights alone say. */
        WEIGHTS,
        /** Passages always. */
        RETRIEVAL
    }

    public Question {
        if (text.isBlank()) {
            throw new IllegalArgumentException("The question is empty; ask something");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("The question has " + text.length() + " characters; at most "
                    + MAX_LENGTH + " are accepted, so shorten it");
        }
        if (maxTokens < 0 || maxPassages < 0) {
            throw new IllegalArgumentException(
                    "max_tokens is " + maxTokens + " and max_passages " + maxPassages + "; neither may be below 0");
        }
    }

    /** A question to the active version, answered the usual way. */
    public static Question of(String text) {
        return new Question(text, "", Routing.AUTO, 0, 0, true, "");
    }

    /** What it has in common with its retries and, where its caller traces them, with the rest of its conversation. */
    String key() {
        return trace.isEmpty() ? text : trace;
    }
}
