package io.loremesh.lab.curriculum;

import java.util.SplittableRandom;

/**
 * An endless supply of samples, determined by the random stream alone. Safe for concurrent use with a stream per
 * thread.
 */
@FunctionalInterface
public interface SampleSource {

    Sample next(SplittableRandom random);
}
