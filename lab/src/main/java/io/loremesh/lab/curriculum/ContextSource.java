package io.loremesh.lab.curriculum;

import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.List;
import java.util.SplittableRandom;

/** A supply of passages with questions; a sample is one context with all its questions. */
public interface ContextSource extends SampleSource {

    Context draw(Language language, Dice dice);

    @Override
    default Sample next(SplittableRandom random) {
        Dice dice = new Dice(random);
        return draw(dice.pick(List.of(Language.values())), dice).sample();
    }
}
