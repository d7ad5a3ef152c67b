package io.loremesh.screening;

/**
 * Something that was caught in a text. It tells where it lies and never what it says, so that it can be recorded.
 *
 * @param kind for instance {@code phone}
 * @param rule what caught it
 * @param start first character, in UTF-16 units
 * @param end after the last one
 */
public record Finding(String kind, String rule, int start, int end) {
    public Finding {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("A %s from %d to %d is no part of a text".formatted(kind, start, end));
        }
    }

    boolean holds(Finding other) {
        return start <= other.start && end >= other.end;
    }
}
