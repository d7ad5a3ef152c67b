package io.loremesh.retriever.document;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts Chinese and English text into sentences: Unicode's sentence boundaries (UAX #29) with CLDR's list of English
 * abbreviations. A small model reads one sentence far better than a paragraph, so a sentence is what the index serves.
 *
 * <p>Safe for concurrent use.
 */
public final class SentenceSplitter {
    /** Longest piece, UTF-16 units: what the encoder reads whole with room to spare, and a prompt holds several times. */
    static final int MAX_LENGTH = 200;

    private static final Pattern CLAUSE_END = Pattern.compile("(?<=[，、；：—])|(?<=[,;:])(?=\\s)");
    private static final Pattern WHITE_SPACE = Pattern.compile("(?<=\\s)");
    private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\p{L}\\p{N}]");
    /** A full stop after a lone capital is an initial ("J. Smith"): CLDR's list has words, not letters. */
    private static final Pattern INITIAL = Pattern.compile("(?:^|[\\s.(])\\p{Lu}\\.\\s+$");

    private SentenceSplitter() {}

    private static BreakIterator sentences() {
        var builder = FilteredBreakIteratorBuilder.getInstance(ULocale.ENGLISH);
        // Missing in CLDR's list, or there only before a lower-case letter.
        for (String abbreviation : List.of("No.", "vs.", "e.g.", "i.e.", "approx.", "Fig.", "etc.", "St.", "Inc.")) {
            builder.suppressBreakAfter(abbreviation);
        }
        return builder.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(ULocale.ENGLISH));
    }

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
        // It holds its position and ICU's filtered kind does not clone its delegate, so every call has its own.
        BreakIterator boundaries = sentences();
        boundaries.setText(text);
        List<String> sentences = new ArrayList<>();
        int start = boundaries.first();
        for (int end = boundaries.next(); end != BreakIterator.DONE; end = boundaries.next()) {
            String sentence = text.substring(start, end);
            if (end == text.length() || !INITIAL.matcher(sentence).find()) {
                sentences.add(sentence);
                start = end;
            }
        }
        return sentences;
    }

    /** Adds a text in the fewest pieces that are short enough and end at a mark; white space, then anywhere, is the last resort. */
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
