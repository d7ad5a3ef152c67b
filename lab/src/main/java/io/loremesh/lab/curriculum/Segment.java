package io.loremesh.lab.curriculum;

/** A part of a sequence with the weight that predicting its tokens has in the loss (0: read only). */
public sealed interface Segment {

    record Mark(Marker marker, float weight) implements Segment {}

    /** @param first weight of predicting the first token, @param rest of each later one */
    record Text(String text, float first, float rest) implements Segment {}

    /** Raw ids, for tasks on tokens without meaning. */
    record Tokens(int[] ids, float weight) implements Segment {}
}
