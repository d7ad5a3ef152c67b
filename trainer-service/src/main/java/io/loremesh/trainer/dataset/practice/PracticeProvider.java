package io.loremesh.trainer.dataset.practice;

import io.loremesh.trainer.dataset.Taught;

/**
 * Brings a practice along, in a jar that names its provider for {@link java.util.ServiceLoader}. Safe for concurrent
 * use.
 */
public interface PracticeProvider {

    /** What a base's profile calls it. */
    String name();

    /** The practice of one run. */
    Practice practice(Taught taught);
}
