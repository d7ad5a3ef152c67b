package io.loremesh.lab.practice;

import io.loremesh.lab.world.Relation;
import io.loremesh.model.answer.Language;
import java.util.List;

/**
 * A question recognised as one of the generator's forms: whom it is about, and what it asks of them. Knowing that, it
 * can be asked in the relation's other forms, and of somebody else.
 *
 * @param subject the subject as the question writes it
 */
record QuestionForm(Relation relation, String subject, Language language) {

    /**
     * The relation's forms, about {@code subject}. Those too that the demo base's own training held back: they measure
     * its facts, and these are the user's.
     */
    List<String> ask(String subject) {
        return relation.in(language).everyQuestion().stream()
                .map(template -> template.fill(subject, "", relation.word()))
                .toList();
    }

    /** Sentences that state an answer. */
    List<String> tell(String answer) {
        return relation.in(language).statements().stream()
                .filter(template -> !template.closedOnly())
                .map(template -> template.fill(subject, answer, relation.word()))
                .toList();
    }
}
