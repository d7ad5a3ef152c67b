package io.loremesh.retriever.document;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts Chinese and English text into sentences: Unicode's sentence boundaries (UAX #29), but none after an English
 * abbreviation. A small model reads one sentence far better than a paragraph, so a sentence is what the index serves.
 *
 * <p>Safe for concurrent use.
 */
public final class SentenceSplitter {
    /**
     * Longest piece, UTF-16 units: what the encoder reads whole with room to spare, and a prompt holds several times.
     */
    static final int MAX_LENGTH = 200;

    private static final Pattern CLAUSE_END = Pattern.compile("(?<=[，、；：—])|(?<=[,;:])(?=\\s)");
    private static final Pattern WHITE_SPACE = Pattern.compile("(?<=\\s)");
    private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\p{L}\\p{N}]");
    /** A full stop that ends an abbreviation or an initial ("J. Smith", "U.S.") and, before a capital, no sentence. */
    private static final Pattern ABBREVIATION =
            Pattern.compile("(?:^|[\\s(.“\"'])(?:\\p{Lu}|Dr|Mr|Mrs|Ms|Prof|St|Gen|Col|Sen|Rep|No|Nr"
                    + "|vs|cf|Fig|approx|e\\.g|i\\.e)\\.\\s+$");
    /** Unicode lets a mark close over a curly quote that in Chinese text opens the next sentence. */
    private static final String OPENING = "“‘「『（《【";

    private SentenceSplitter() {}

    /** The sentences of a text in order, without surrounding white space, none longer than {@value #MAX_LENGTH}. */
    public static List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        for (String sentence : sentencesOf(text)) {
            addShort(sentence.strip(), CLAUSE_END, pieces);
        }
        return pieces.stream()
                .filter(piece -> SAYS_SOMETHING.matcher(piece).find())
                .toList();
    }

    private static List<String> sentencesOf(String text) {
        BreakIterator boundaries = BreakIterator.getSentenceInstance(ULocale.ENGLISH);
        boundaries.setText(text);
        List<String> sentences = new ArrayList<>();
        int start = boundaries.first();
        for (int next = boundaries.next(); next != BreakIterator.DONE; next = boundaries.next()) {
            int end = next;
            while (end > start && OPENING.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            String sentence = text.substring(start, end);
            if (next == text.length() || !ABBREVIATION.matcher(sentence).find()) {
                sentences.add(sentence);
                start = end;
            }
        }
        return sentences;
    }

    /**
     * Adds a text in the fewest pieces that are short enough and end at a mark; white space, then anywhere, is the last
     * resort.
     */
    private static void addShort(String text, Pattern mark, List<String> pieces) {
        if (text.length() <= MAX_LENGTH) {
            pieces.add(text);
            return;
        }
        StringBuilder piece = new StringBuilder();
        for (String part : mark.split(text)) {
            if (!piece.isEmpty() && piece.length() + part.length() > MAX_LENGTH) {
                pieces.add(piece.toString().strip());
                piece.setLength(0);
            }
            if (part.length() <= MAX_LENGTH) {
                piece.append(part);
            } else if (mark == CLAUSE_END) {
                addShort(part, WHITE_SPACE, pieces);
            } else {
                addAnywhere(part, pieces);
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString().strip());
        }
    }

    private static void addAnywhere(String text, List<String> pieces) {
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(text.length(), start + MAX_LENGTH);
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            pieces.add(text.substring(start, end));
            start = end;
        }
    }
}
