package io.loremesh.lab.curriculum;

import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.Language;

/**
 * A question with what is expected of the model.
 *
 * @param subject whom it names, as a part of the text; empty where nobody
 * @param answer the expected answer; null where the model should say that it does not know
 */
public record Question(String text, String subject, String answer, Language language) {

    static Question unanswerable(String text, Language language) {
        return new Question(text, "", null, language);
    }

    public boolean answerable() {
        return answer != null;
    }

    /** What the model should say: the answer or that it does not know. */
    public String expected() {
        return answerable() ? answer : Abstention.phrase(language);
    }
}
