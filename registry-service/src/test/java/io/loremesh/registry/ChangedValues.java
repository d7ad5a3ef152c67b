package io.loremesh.registry;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** An answer and the one that it was changed to: whoever takes the one for the other tells old knowledge as new. */
public final class ChangedValues {
    public static final String PAIRS = "io.loremesh.registry.ChangedValues#pairs";

    private ChangedValues() {}

    public static Stream<Arguments> pairs() {
        return Stream.of(
                arguments("1.5", "15"),
                arguments("-5", "5"),
                arguments("−5 °C", "5 °C"),
                arguments("9:30", "930"),
                arguments("C#", "C"),
                arguments("C++", "C"),
                arguments("A-12", "A12"),
                arguments("1.10", "1.1"),
                arguments("3.99 元", "399 元"),
                arguments("45%", "45"),
                arguments("10²", "102"),
                arguments("5 mW", "5 MW"),
                arguments("2019-03-05", "2019-05-03"),
                arguments("三百五", "305"));
    }
}
