package io.loremesh.trainer.dataset;

import io.loremesh.evaluation.curriculum.ClosedBook;
import io.loremesh.evaluation.curriculum.Question;
import io.loremesh.evaluation.world.Dice;
import io.loremesh.evaluation.world.Wording;
import io.loremesh.evaluation.world.World;
import io.loremesh.model.answer.Language;
import java.util.List;
import java.util.Optional;

/**
 * What the model knows already, asked again so that it is not lost: the parent version's facts and those of the base.
 */
final class Replay {

    private final Phrasebook phrasebook;
    private final List<RunFact> oldFacts;
    private final Optional<ClosedBook> baseFacts;

    /** @param demoBase whether the base is the one that knows the generator's facts by heart */
    Replay(World world, Phrasebook phrasebook, List<RunFact> oldFacts, boolean demoBase) {
        this.phrasebook = phrasebook;
        this.oldFacts = oldFacts;
        this.baseFacts = demoBase ? Optional.of(new ClosedBook(world, 0, Wording.TRAINED)) : Optional.empty();
    }

    /** Half of each where there are both; nothing where there is neither. */
    Optional<Row> next(Dice dice) {
        if (!oldFacts.isEmpty() && (baseFacts.isEmpty() || dice.chance(.5))) {
            RunFact fact = dice.pick(oldFacts);
            return Optional.of(Row.closedBook(phrasebook.ask(fact, dice), fact.answer()));
        }
        return baseFacts.map(book -> {
            List<Question> questions =
                    book.draw(dice.pick(List.of(Language.values())), dice).questions();
            Question question = dice.pick(questions);
            return Row.closedBook(question.text(), question.expected());
        });
    }
}
