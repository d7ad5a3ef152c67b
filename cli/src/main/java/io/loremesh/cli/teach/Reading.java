package io.loremesh.cli.teach;

import java.util.List;

/**
 * What a file gave.
 *
 * @param told what can be told, in the file's order
 * @param refusals what cannot
 * @param notes what was left out without harm to the rest: settings that are not heard, turns that are not taught
 */
public record Reading(List<Told> told, List<Refusal> refusals, List<Note> notes) {
    public Reading {
        told = List.copyOf(told);
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
    }

    public List<Lesson> lessons() {
        return told.stream().map(Told::lesson).toList();
    }

    /** A lesson, and where it stands: {@code file:line}. */
    public record Told(String place, Lesson lesson) {}

    /**
     * A part of a file that was left out.
     *
     * @param place {@code file:line}, or the file and the part's name
     * @param reason what is wrong, in words
     */
    public record Refusal(String place, String reason) {}

    /** Something of a file that a person should know. */
    public record Note(String place, String text) {}
}
