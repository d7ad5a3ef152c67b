package io.loremesh.lab.curriculum;

import java.util.List;

/** One training sequence. */
public record Sample(List<Segment> segments) {

    /** No sequence is meant to be longer than so many tokens. */
    public static final int MAX_TOKENS = 230;

    public Sample {
        segments = List.copyOf(segments);
    }
}
