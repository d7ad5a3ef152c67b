package io.loremesh.model.answer;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a text states an answer whole: as whole words or a whole value. "10" stands in "JIM今年10岁", not in "2010",
 * "10.5", "-10", "10%", "第10" or "10月3日"; "b@example" does not stand in "a.b@example.org", nor "C" in "C#".
 */
public final class StatedAnswer {
    private static final String WORD = "[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]";
    private static final String JOINT = "[.,:@_/&'+^-]";
    /**
     * A number inside a longer number, a date, a clock time, a part number or a rank is another number; so is one of
     * another sign.
     */
    private static final String START = "(?<!" + WORD + ")(?<!" + WORD + JOINT + ")";

    private static final String NUMBER_START = START + "(?<![-+±第])(?<![-+±] )(?<!" + "\\p{N}[./])";
    private static final String END = "(?!" + WORD + ")(?!" + JOINT + "+" + WORD + ")(?![#+])";
    private static final String NUMBER_END = END + "(?! ?[%‰])(?![月日号万亿])(?! (?:thousand|million|billion|percent)\\b)";

    private StatedAnswer() {}

    public static boolean anyIn(String text, Collection<String> answers) {
        return answers.stream().anyMatch(answer -> in(text, answer));
    }

    /** Compared as {@link PlainText}, without regard to case. */
    public static boolean in(String text, String answer) {
        String sought = AnswerKey.withoutEndMarks(fold(answer));
        if (sought.isEmpty()) {
            return false;
        }
        String pattern =
                start(sought.codePointAt(0)) + Pattern.quote(sought) + end(sought.codePointBefore(sought.length()));
        return Pattern.compile(pattern).matcher(fold(text)).find();
    }

    private static String fold(String text) {
        return PlainText.of(text).toLowerCase(Locale.ROOT);
    }

    /** Chinese has no word boundaries to look for; a mark bounds itself. */
    private static String start(int first) {
        return "+-±".indexOf(first) >= 0 || Character.isDigit(first)
                ? NUMBER_START
                : isHan(first) || !isWord(first) ? "" : START;
    }

    private static String end(int last) {
        return Character.isDigit(last) ? NUMBER_END : isHan(last) || !isWord(last) ? "" : END;
    }

    private static boolean isWord(int character) {
        return Character.isLetterOrDigit(character) || Character.getType(character) == Character.NON_SPACING_MARK;
    }

    private static boolean isHan(int character) {
        return Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN;
    }
}
