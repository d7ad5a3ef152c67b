package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.world.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The questions about a context. Each is drawn anew, so some facts are asked twice and some never: were every fact asked once, a reader could
 * pick what has not been answered yet instead of looking for the subject.
 *
 * @param unanswerable share of questions that the context does not answer
 */
record Quiz(double unanswerable) {

    private static final int BEYOND = 2;

    List<Question> draw(List<Supplier<Question>> answerable, Supplier<Question> missing, Dice dice) {
        List<Question> questions = new ArrayList<>();
        int facts = answerable.size();
        for (int i = dice.between(Math.max(1, facts - 1), facts + BEYOND); i > 0; i--) {
            questions.add(
                    dice.chance(unanswerable)
                            ? missing.get()
                            : dice.pick(answerable).get());
        }
        return questions;
    }
}
