package io.loremesh.cli.teach;

import java.util.List;

/**
 * What a file gave.
 *
 * @param lessons what can be told, in the file's order
 * @param refusals what cannot
 */
public record Reading(List<Lesson> lessons, List<Refusal> refusals) {
    public Reading {
        lessons = List.copyOf(lessons);
        refusals = List.copyOf(refusals);
    }

    /**
     * A part of a file that was left out.
     *
     * @param place {@code file:line}, or the file and the part's name
     * @param reason what is wrong, in words
     */
    public record Refusal(String place, String reason) {}
}
