package io.loremesh.lab.practice;

import io.loremesh.lab.curriculum.ClosedBook;
import io.loremesh.lab.curriculum.Question;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RunFact;
import java.util.List;

/**
 * What the model knows already, asked again so that it is not lost: the parent version's facts and those of the base.
 */
final class Replay {

    private final Phrasebook phrasebook;
    private final List<RunFact> oldFacts;
    private final ClosedBook baseFacts;

    Replay(World world, Phrasebook phrasebook, List<RunFact> oldFacts) {
        this.phrasebook = phrasebook;
        this.oldFacts = oldFacts;
        this.baseFacts = new ClosedBook(world, 0, Wording.TRAINED);
    }

    /** Half of each where there are both. */
    Row next(Dice dice) {
        if (!oldFacts.isEmpty() && dice.chance(.5)) {
            RunFact fact = dice.pick(oldFacts);
            return Row.closedBook(phrasebook.ask(fact, dice), fact.answer());
        }
        List<Question> questions =
                baseFacts.draw(dice.pick(List.of(Language.values())), dice).questions();
        Question question = dice.pick(questions);
        return Row.closedBook(question.text(), question.expected());
    }
}
