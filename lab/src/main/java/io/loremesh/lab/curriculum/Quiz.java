package io.loremesh.lab.curriculum;

import io.loremesh.model.statistic.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The questions about a context: one for each of its facts, or one that it does not answer.
 *
 * @param unanswerable share of questions that the context does not answer
 */
record Quiz(double unanswerable) {

    List<Question> draw(List<Supplier<Question>> answerable, Supplier<Question> missing, Dice dice) {
        List<Question> questions = new ArrayList<>();
        for (Supplier<Question> question : answerable) {
            questions.add((dice.chance(unanswerable) ? missing : question).get());
        }
        return questions;
    }
}
