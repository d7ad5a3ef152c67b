package io.loremesh.lab.curriculum;

import io.loremesh.lab.curriculum.Phase.Share;
import java.util.List;
import java.util.SplittableRandom;

/** Draws each sample from one of several sources, in proportion to their shares. */
record Mixture(List<Share> shares) implements SampleSource {

    Mixture {
        shares = List.copyOf(shares);
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("A mixture needs at least one source");
        }
    }

    @Override
    public Sample next(SplittableRandom random) {
        double total = shares.stream().mapToDouble(Share::weight).sum();
        double at = random.nextDouble() * total;
        for (Share share : shares) {
            at -= share.weight();
            if (at < 0) {
                return share.source().next(random);
            }
        }
        return shares.getLast().source().next(random);
    }
}
