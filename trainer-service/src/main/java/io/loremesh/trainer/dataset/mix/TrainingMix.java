package io.loremesh.trainer.dataset.mix;

import io.loremesh.model.statistic.Dice;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RowEncoder;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.RunSpec;
import io.loremesh.trainer.dataset.Taught;
import io.loremesh.trainer.dataset.practice.Practice;
import io.loremesh.trainer.objective.Batch;
import io.loremesh.trainer.objective.Parts;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The rows of each step: new facts, old facts and refusals in equal parts, and some reading. New facts alone are
 * learned as well, but take abstention and a third of the old facts with them. Deterministic by seed; one caller at a
 * time.
 */
public final class TrainingMix {

    private static final int LEAST_NEW_ROWS = 4;

    private final List<RunFact> facts;
    private final Practice practice;
    private final RowEncoder encoder;
    private final Dice dice;
    private final List<RunFact> round = new ArrayList<>();
    private final int newRows;
    private final int steps;

    /**
     * @param practice of the same facts
     * @param exposures how often each new fact is asked
     */
    public TrainingMix(RunSpec spec, Taught taught, Practice practice, int exposures, TextTokenizer tokenizer) {
        this.facts = taught.facts();
        this.practice = practice;
        this.encoder = new RowEncoder(tokenizer);
        this.dice = new Dice(new SplittableRandom(spec.seed()));
        this.newRows = Math.max(LEAST_NEW_ROWS, Math.ceilDiv(exposures * facts.size(), spec.maxSteps()));
        this.steps = Math.min(spec.maxSteps(), Math.ceilDiv(exposures * facts.size(), newRows));
    }

    /** How many steps show every new fact often enough, at most the run's. */
    public int steps() {
        return steps;
    }

    /** The number of phrasings that a run would train on, given and made. */
    public static int rowCount(Taught taught, Practice practice) {
        return taught.all().stream()
                .mapToInt(fact ->
                        fact.trained().size() + practice.rephrasings(fact).size())
                .sum();
    }

    /** The next step's parts: questions over passages in the first, questions from the weights in the others. */
    public List<Batch> step() {
        List<TokenSequence> closedBook = new ArrayList<>();
        for (int i = 0; i < newRows; i++) {
            RunFact fact = nextFact();
            closedBook.add(encoder.encode(Row.closedBook(practice.rephrase(fact, dice), fact.answer())));
            practice.replay(dice).ifPresent(row -> closedBook.add(encoder.encode(row)));
            closedBook.add(encoder.encode(practice.refuse(dice)));
        }
        return Stream.concat(Stream.of(Batch.of(practice.read(dice, encoder))), Parts.of(closedBook).stream())
                .toList();
    }

    /** Every trained phrasing of the new facts as it was given, to measure what was learned. */
    public List<Batch> trainedPhrasings() {
        return Parts.of(facts.stream()
                .flatMap(fact -> fact.trained().stream().map(text -> Row.closedBook(text, fact.answer())))
                .map(encoder::encode)
                .toList());
    }

    /** New facts round by round, each round in another order. */
    private RunFact nextFact() {
        if (round.isEmpty()) {
            round.addAll(facts);
            dice.shuffle(round);
        }
        return round.removeLast();
    }
}
