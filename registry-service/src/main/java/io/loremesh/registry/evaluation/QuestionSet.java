package io.loremesh.registry.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;

/** The registry's own questions, from its resources. */
public final class QuestionSet {
    /** Everyday questions; drift is measured over what the parent says to them. */
    public static final List<String> NEUTRAL = read("neutral-questions.txt");

    /** Questions that nobody can answer, half Chinese, half English. */
    static final List<String> UNKNOWABLE = read("unknowable-questions.txt");

    private QuestionSet() {}

    private static List<String> read(String name) {
        try (var lines = new BufferedReader(
                new InputStreamReader(QuestionSet.class.getResourceAsStream("/evaluation/" + name), UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("resource evaluation/%s cannot be read".formatted(name), e);
        }
    }
}
