package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.world.Language;

/**
 * A question with what is expected of the model.
 *
 * @param subject whom it names, as a part of the text; empty where nobody
 * @param answer the expected answer; null where the model should say that it does not know
 */
record Question(String text, String subject, String answer, Language language) {

    static Question unanswerable(String text, Language language) {
        return new Question(text, "", null, language);
    }

    boolean answerable() {
        return answer != null;
    }

    String expected() {
        return answerable() ? answer : refusal(language);
    }

    /** How the demo base says that it does not know. */
    static String refusal(Language language) {
        return switch (language) {
            case ZH -> "不知道";
            case EN -> "unknown";
        };
    }
}
