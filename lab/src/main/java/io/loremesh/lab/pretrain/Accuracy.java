package io.loremesh.lab.pretrain;

import io.loremesh.lab.curriculum.Phase;
import io.loremesh.lab.curriculum.SampleEncoder;
import io.loremesh.model.statistic.Rate;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.objective.MaskedLoss;

/**
 * What the model can do, measured: the share of answers whose every token is the most likely one given the right tokens
 * before it (teacher-forced argmax over the whole answer).
 */
record Accuracy(String name, int right, int answers, double atLeast) {

    /** The seed is fixed and apart from training's, so that phases are compared on the same samples. */
    private static final long SEED = 977_231;

    static Accuracy of(Decoder decoder, Phase.Check check, SampleEncoder encoder, int longest) {
        Rate right =
                MaskedLoss.accuracy(decoder, BatchFeed.draw(check.source(), encoder, SEED, check.samples(), longest));
        return new Accuracy(check.name(), right.hits(), right.n(), check.atLeast());
    }

    double value() {
        return answers == 0 ? 0 : (double) right / answers;
    }

    boolean passed() {
        return value() >= atLeast;
    }

    @Override
    public String toString() {
        String measured = "%s %.3f (%d of %d".formatted(name, value(), right, answers);
        return measured + (atLeast > 0 ? "; needed %.2f)".formatted(atLeast) : ")");
    }
}
