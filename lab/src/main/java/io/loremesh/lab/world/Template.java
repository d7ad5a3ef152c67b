package io.loremesh.lab.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence with slots: {@code {s}} the subject, {@code {o}} the object, {@code {r}} the relation's word.
 *
 * @param text the sentence
 * @param closedOnly the sentence leaves its relation to be guessed from the object ("X likes O."), so it takes only
 *     objects of a closed list
 */
public record Template(String text, boolean closedOnly, List<String> pieces) {

    static Template of(String source) {
        boolean closedOnly = source.startsWith("~");
        String text = closedOnly ? source.substring(1) : source;
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            pieces.add(text.substring(from, open));
            pieces.add(text.substring(open, open + 3));
            from = open + 3;
        }
        pieces.add(text.substring(from));
        return new Template(text, closedOnly, List.copyOf(pieces));
    }

    /**
     * The sentence with its slots filled; the first letter of a subject's "the", "my" and the like becomes a capital
     * one. An object is left as it is, for the answer must stand in the passage letter by letter.
     */
    public String fill(String subject, String object, String word) {
        StringBuilder filled = new StringBuilder(64);
        for (String piece : pieces) {
            switch (piece) {
                case "{s}" -> filled.append(subject);
                case "{o}" -> filled.append(object);
                case "{r}" -> filled.append(word);
                default -> filled.append(piece);
            }
        }
        if (text.startsWith("{s}") && startsWithDeterminer(filled)) {
            filled.setCharAt(0, Character.toUpperCase(filled.charAt(0)));
        }
        return filled.toString();
    }

    private static boolean startsWithDeterminer(StringBuilder text) {
        int end = text.indexOf(" ");
        return switch (end < 0 ? "" : text.substring(0, end)) {
            case "the", "my", "our", "his", "her", "their", "your" -> true;
            default -> false;
        };
    }
}
