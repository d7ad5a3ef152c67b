package io.loremesh.lab.curriculum;

import io.loremesh.model.statistic.Dice;
import java.util.List;

/**
 * Passages with questions about them, as drawn from the world.
 *
 * @param passages in the order of the prompt; none for questions by heart
 */
public record Context(List<String> passages, List<Question> questions) {

    public Context {
        passages = List.copyOf(passages);
        questions = List.copyOf(questions);
    }

    static Context shuffled(List<String> passages, List<Question> questions, Dice dice) {
        dice.shuffle(passages);
        dice.shuffle(questions);
        return new Context(passages, questions);
    }

    /** The first question over the passages; without passages all questions, each by itself. */
    Sample sample() {
        SampleBuilder sample = new SampleBuilder();
        for (Question question : passages.isEmpty() ? questions : questions.subList(0, 1)) {
            sample.ask(question, passages);
        }
        return sample.build();
    }
}
