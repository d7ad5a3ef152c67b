package io.loremesh.lab.practice;

import io.loremesh.lab.curriculum.Curriculum;
import io.loremesh.lab.curriculum.Encoded;
import io.loremesh.lab.curriculum.SampleEncoder;
import io.loremesh.lab.curriculum.SampleSource;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.statistic.Dice;
import io.loremesh.model.tokenizer.TextTokenizer;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RowEncoder;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.Taught;
import io.loremesh.trainer.dataset.practice.Practice;
import io.loremesh.trainer.objective.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the demo base's fine-tunes practise: facts in the phrasings of the invented world that the base was made from,
 * neighbours and strangers of that world, its facts known by heart, and its last lessons in reading.
 */
final class ToyWorldPractice implements Practice {

    private static final int READING_ROWS = 3;
    private static final int LONGEST_READING = 256;

    private final Phrasebook phrasebook;
    private final Replay replay;
    private final Unknowns unknowns;
    private final ContraryReading reading;
    private Lessons lessons;

    ToyWorldPractice(World world, Taught taught) {
        this.phrasebook = new Phrasebook(taught.all(), taught.heldOut(), world);
        this.replay = new Replay(world, phrasebook, taught.oldFacts());
        this.unknowns = new Unknowns(world, phrasebook, taught.all());
        this.reading = new ContraryReading(world, phrasebook, taught.all());
    }

    @Override
    public List<String> rephrasings(RunFact fact) {
        return phrasebook.made(fact);
    }

    @Override
    public String rephrase(RunFact fact, Dice dice) {
        return phrasebook.ask(fact, dice);
    }

    @Override
    public Row refuse(Dice dice) {
        return unknowns.next(dice);
    }

    @Override
    public List<TokenSequence> read(Dice dice, RowEncoder encoder) {
        if (lessons == null) {
            lessons = new Lessons(encoder.tokenizer());
        }
        List<TokenSequence> read = new ArrayList<>();
        read.add(encoder.encode(reading.next(dice)));
        while (read.size() < READING_ROWS) {
            read.add(lessons.next(dice));
        }
        return read;
    }

    @Override
    public Optional<Row> replay(Dice dice) {
        return Optional.of(replay.next(dice));
    }

    /** The last phase of the base's own curriculum, short samples alone. */
    private static final class Lessons {

        private final SampleEncoder encoder;
        private final SampleSource samples;

        Lessons(TextTokenizer tokenizer) {
            this.encoder = new SampleEncoder(tokenizer::encode);
            this.samples = Curriculum.demo(WorldSeeds.DEMO, tokenizer.vocabSize(), 1)
                    .phases()
                    .getLast();
        }

        TokenSequence next(Dice dice) {
            Encoded sample = encoder.encode(samples.next(dice.random()));
            while (sample.length() > LONGEST_READING) {
                sample = encoder.encode(samples.next(dice.random()));
            }
            return new TokenSequence(sample.ids(), sample.weights(), sample.questions());
        }
    }
}
