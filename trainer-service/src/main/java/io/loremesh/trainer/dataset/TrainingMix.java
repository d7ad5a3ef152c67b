package io.loremesh.trainer.dataset;

import io.loremesh.evaluation.curriculum.Curriculum;
import io.loremesh.evaluation.curriculum.Encoded;
import io.loremesh.evaluation.curriculum.SampleEncoder;
import io.loremesh.evaluation.curriculum.SampleSource;
import io.loremesh.evaluation.world.Dice;
import io.loremesh.evaluation.world.World;
import io.loremesh.evaluation.world.WorldSeeds;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.objective.Batch;
import io.loremesh.trainer.objective.Parts;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of each step: new facts, old facts and refusals in equal parts, and some reading. New facts alone are
 * learned as well, but take abstention and a third of the old facts with them. Deterministic by seed; one caller at a
 * time.
 */
public final class TrainingMix {

    /**
     * How often each new fact is asked in a run: 30 times taught half of them, 90 nearly all; of the unknown neighbours
     * of what was learned, 180 left 2 to 9 in a hundred answered, 360 left up to 6.
     */
    private static final int EXPOSURES = 360;

    private static final int LEAST_NEW_ROWS = 4;
    private static final int READING_ROWS = 3;
    private static final int LONGEST_READING = 256;

    private final List<RunFact> facts;
    private final Phrasebook phrasebook;
    private final Replay replay;
    private final Unknowns unknowns;
    private final Reading reading;
    private final RowEncoder encoder;
    private final SampleEncoder sampleEncoder;
    private final SampleSource practice;
    private final boolean demoBase;
    private final Dice dice;
    private final List<RunFact> round = new ArrayList<>();
    private final int newRows;
    private final int steps;

    /**
     * @throws IllegalArgumentException if a phrasing to be trained is held out; or two facts contradict each other; it
     *     names both
     */
    public TrainingMix(RunSpec spec, TextTokenizer tokenizer) {
        List<RunFact> oldFacts = stillTrue(spec);
        List<RunFact> all =
                Stream.concat(spec.facts().stream(), oldFacts.stream()).toList();
        HeldOut heldOut = new HeldOut(all);
        heldOut.refuse(all);
        refuseContradictions(spec.facts());
        World world = new World(WorldSeeds.DEMO);
        this.facts = spec.facts();
        this.demoBase = tokenizer.id("<ctx>").isPresent();
        this.phrasebook = new Phrasebook(all, heldOut, world);
        this.replay = new Replay(world, phrasebook, oldFacts, demoBase);
        this.unknowns = new Unknowns(world, phrasebook, all);
        this.reading = new Reading(world, phrasebook, all);
        this.encoder = new RowEncoder(tokenizer);
        this.sampleEncoder = new SampleEncoder(tokenizer::encode);
        this.practice = Curriculum.demo(WorldSeeds.DEMO, tokenizer.vocabSize(), 1)
                .phases()
                .getLast();
        this.dice = new Dice(new SplittableRandom(spec.seed()));
        this.newRows = Math.max(LEAST_NEW_ROWS, Math.ceilDiv(EXPOSURES * facts.size(), spec.maxSteps()));
        this.steps = Math.min(spec.maxSteps(), Math.ceilDiv(EXPOSURES * facts.size(), newRows));
    }

    /** How many steps show every new fact often enough, at most the run's. */
    public int steps() {
        return steps;
    }

    /** The number of phrasings that a run would train on, given and made by rule. */
    public static int rowCount(List<RunFact> facts, List<RunFact> oldFacts) {
        List<RunFact> all = Stream.concat(facts.stream(), oldFacts.stream()).toList();
        Phrasebook phrasebook = new Phrasebook(all, new HeldOut(all), new World(WorldSeeds.DEMO));
        return all.stream()
                .mapToInt(fact -> fact.trained().size() + phrasebook.made(fact).size())
                .sum();
    }

    /** The next step's parts: questions over passages in the first, questions from the weights in the others. */
    public List<Batch> step() {
        List<TokenSequence> closedBook = new ArrayList<>();
        for (int i = 0; i < newRows; i++) {
            RunFact fact = nextFact();
            closedBook.add(encoder.encode(Row.closedBook(phrasebook.ask(fact, dice), fact.answer())));
            replay.next(dice).ifPresent(row -> closedBook.add(encoder.encode(row)));
            closedBook.add(encoder.encode(unknowns.next(dice)));
        }
        List<TokenSequence> read = new ArrayList<>();
        read.add(encoder.encode(reading.next(dice)));
        while (demoBase && read.size() < READING_ROWS) {
            Encoded sample = sampleEncoder.encode(practice.next(dice.random()));
            if (sample.ids().length <= LONGEST_READING) {
                read.add(new TokenSequence(sample.ids(), sample.weights(), sample.questions()));
            }
        }
        return Stream.concat(Stream.of(Batch.of(read)), Parts.of(closedBook).stream())
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

    /**
     * The parent's facts without those that a new one answers differently: a replayed old answer would fight the new.
     */
    private static List<RunFact> stillTrue(RunSpec spec) {
        Set<String> renewed = spec.facts().stream()
                .flatMap(fact -> fact.trained().stream())
                .map(AnswerText::normalise)
                .collect(Collectors.toSet());
        return spec.oldFacts().stream()
                .filter(fact ->
                        fact.trained().stream().map(AnswerText::normalise).noneMatch(renewed::contains))
                .toList();
    }

    private static void refuseContradictions(List<RunFact> facts) {
        Map<String, RunFact> asked = new HashMap<>();
        for (RunFact fact : facts) {
            for (String text : fact.trained()) {
                RunFact other = asked.putIfAbsent(AnswerText.normalise(text), fact);
                if (other != null
                        && !AnswerText.normalise(other.answer()).equals(AnswerText.normalise(fact.answer()))) {
                    throw new IllegalArgumentException(
                            "Facts " + other.id() + " and " + fact.id() + " both ask \"" + text
                                    + "\" but answer \"" + other.answer() + "\" and \"" + fact.answer()
                                    + "\"; give the run only the one that holds");
                }
            }
        }
    }
}
