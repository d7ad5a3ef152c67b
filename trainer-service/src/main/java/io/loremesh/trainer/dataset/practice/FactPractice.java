package io.loremesh.trainer.dataset.practice;

import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RowEncoder;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.Taught;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.List;
import java.util.Optional;

/**
 * What the facts themselves give: their phrasings as they stand and as people type them, questions about others than
 * their subjects, passages that their questions and answers make, and what was learned before.
 */
final class FactPractice implements Practice {

    private final List<RunFact> oldFacts;
    private final Wordings wordings;
    private final NearQuestions nearQuestions;
    private final FactReading reading;

    FactPractice(Taught taught) {
        this.oldFacts = taught.oldFacts();
        this.wordings = new Wordings(taught);
        this.nearQuestions = new NearQuestions(taught, wordings);
        this.reading = new FactReading(taught.all(), wordings);
    }

    @Override
    public List<String> rephrasings(RunFact fact) {
        return wordings.made(fact);
    }

    @Override
    public String rephrase(RunFact fact, Dice dice) {
        return wordings.draw(fact, dice);
    }

    @Override
    public Row refuse(Dice dice) {
        return nearQuestions.next(dice);
    }

    @Override
    public List<TokenSequence> read(Dice dice, RowEncoder encoder) {
        return List.of(encoder.encode(reading.next(dice)));
    }

    @Override
    public Optional<Row> replay(Dice dice) {
        if (oldFacts.isEmpty()) {
            return Optional.empty();
        }
        RunFact fact = dice.pick(oldFacts);
        return Optional.of(Row.closedBook(rephrase(fact, dice), fact.answer()));
    }
}
