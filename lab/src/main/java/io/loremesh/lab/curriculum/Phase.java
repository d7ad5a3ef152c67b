package io.loremesh.lab.curriculum;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A stage of pre-training.
 *
 * @param name short, for logs
 * @param mixture what its samples are drawn from
 * @param tokens its budget
 * @param muonRate learning rate of the matrices (Muon)
 * @param adamRate learning rate of everything else (Adam)
 * @param decay how both rates go over the phase
 * @param check what must have been learned before the next phase
 */
public record Phase(
        String name, List<Share> mixture, long tokens, double muonRate, double adamRate, Decay decay, Check check)
        implements SampleSource {

    /** A source and its share of the sequences, relative to the others'. */
    public record Share(String name, SampleSource source, double weight) {}

    /** How a learning rate goes over a phase. */
    public enum Decay {
        CONSTANT,
        /** Linearly down to 3 % at the last token. */
        LINEAR
    }

    /**
     * What is measured by teacher forcing: an answer is right when every token from after {@code <a>} through
     * {@code <eos>} is the argmax.
     *
     * @param samples how many sequences to draw
     * @param atLeast share of right answers that lets training go on
     */
    public record Check(String name, SampleSource source, int samples, double atLeast) {}

    public Phase {
        mixture = List.copyOf(mixture);
        if (mixture.isEmpty() || tokens <= 0) {
            throw new IllegalArgumentException("Phase " + name + " needs a mixture and a budget of tokens above 0, has "
                    + mixture.size() + " sources and " + tokens + " tokens");
        }
    }

    @Override
    public Sample next(SplittableRandom random) {
        return new Mixture(mixture).next(random);
    }
}
