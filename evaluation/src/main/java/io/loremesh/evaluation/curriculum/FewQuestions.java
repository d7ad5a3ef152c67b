package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.world.Dice;
import io.loremesh.model.prompt.Language;
import java.util.ArrayList;
import java.util.List;

/**
 * The contexts of another source with one or two of their questions, as a served model is asked. With all of them in one sequence, the earlier
 * answers help to find the later ones; nobody gives that help when it counts.
 */
record FewQuestions(ContextSource source) implements ContextSource {

    private static final double ONE = .7;

    @Override
    public Context draw(Language language, Dice dice) {
        Context context = source.draw(language, dice);
        List<Question> questions = new ArrayList<>(context.questions());
        dice.shuffle(questions);
        int kept = Math.min(questions.size(), dice.chance(ONE) ? 1 : 2);
        return new Context(context.passages(), questions.subList(0, kept));
    }
}
