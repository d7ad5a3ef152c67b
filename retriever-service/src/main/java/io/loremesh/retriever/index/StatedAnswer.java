package io.loremesh.retriever.index;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a text states an answer: the answer stands in it as whole words or a whole number. "10" stands in "JIM今年10岁", not
 * in "2010", "10.5", "第10" or "10月3日".
 */
final class StatedAnswer {
    /** A number inside a longer number, a date, a clock time or a rank is another number. */
    private static final String NUMBER_START = "(?<![\\p{N}\\p{L}&&[^\\p{IsHan}]])(?<!\\p{N}[.,:])(?<!第)";

    private static final String NUMBER_END = "(?![\\p{N}\\p{L}&&[^\\p{IsHan}]])(?![.,:]\\p{N})(?![月日号])";
    private static final String WORD_START = "(?<![\\p{L}\\p{N}&&[^\\p{IsHan}]])";
    private static final String WORD_END = "(?![\\p{L}\\p{N}&&[^\\p{IsHan}]])";

    private StatedAnswer() {}

    static boolean anyIn(String text, Collection<String> answers) {
        return answers.stream().anyMatch(answer -> in(text, answer));
    }

    /** Compared in NFKC and lower case, any run of white space alike. */
    static boolean in(String text, String answer) {
        String sought = fold(answer).replaceAll("[\\p{P}\\s]+$", "");
        if (sought.isEmpty()) {
            return false;
        }
        String pattern =
                start(sought.codePointAt(0)) + Pattern.quote(sought) + end(sought.codePointBefore(sought.length()));
        return Pattern.compile(pattern).matcher(fold(text)).find();
    }

    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Chinese has no word boundaries to look for. */
    private static String start(int first) {
        return Character.isDigit(first) ? NUMBER_START : isHan(first) ? "" : WORD_START;
    }

    private static String end(int last) {
        return Character.isDigit(last) ? NUMBER_END : isHan(last) ? "" : WORD_END;
    }

    private static boolean isHan(int character) {
        return Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN;
    }
}
