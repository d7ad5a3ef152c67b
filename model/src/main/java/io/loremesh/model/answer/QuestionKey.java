package io.loremesh.model.answer;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which question is asked, whatever its spelling: the rule by which facts without a name are named. Without regard to
 * case, white space and the marks between words; a mark that belongs to a number, a part number or a name (1.5, 9:30,
 * -5, 45%, RX-200, C#, R&D) counts, and two numbers stay apart.
 */
public final class QuestionKey {
    private static final Pattern GROUPS = Pattern.compile("(?<![\\p{N}.,])\\d{1,3}+(?:,\\d{3})++(?![\\d,])");

    private QuestionKey() {}

    /** A text that is equal for spellings of the same question alone; empty where a text asks nothing. */
    public static String of(String question) {
        String text = PlainText.of(question).toLowerCase(Locale.ROOT);
        text = GROUPS.matcher(text).replaceAll(found -> found.group().replace(",", ""));
        var key = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int end = at;
            while (end < text.length() && isMark(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                char before = at == 0 ? ' ' : text.charAt(at - 1);
                char after = end == text.length() ? ' ' : text.charAt(end);
                key.append(kept(text.substring(at, end), before, after));
                at = end;
            } else {
                key.append(text.charAt(at++));
            }
        }
        return key.toString();
    }

    private static boolean isMark(char c) {
        return Character.isWhitespace(c)
                || switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }

    /**
     * What counts of the marks between two characters that are none. Two numbers stay apart, whatever stands between
     * them.
     */
    private static String kept(String marks, char before, char after) {
        if (Character.isDigit(before) && Character.isDigit(after)) {
            String apart = marks.replace(" ", "");
            return apart.isEmpty() || apart.equals(",") && marks.length() > 1 ? " " : apart;
        }
        var kept = new StringBuilder();
        for (int i = 0; i < marks.length(); i++) {
            char left = i == 0 ? before : marks.charAt(i - 1);
            char right = i + 1 == marks.length() ? after : marks.charAt(i + 1);
            if (counts(marks.charAt(i), left, right, before, after)) {
                kept.append(marks.charAt(i));
            }
        }
        return kept.toString();
    }

    /**
     * @param left beside the mark, as {@code right}
     * @param before the marks about it, as {@code after}
     */
    private static boolean counts(char mark, char left, char right, char before, char after) {
        boolean joins = Character.isLetterOrDigit(left) && Character.isLetterOrDigit(right);
        boolean besideNumber = Character.isDigit(left) || Character.isDigit(right);
        return switch (mark) {
            case '-' -> Character.isDigit(right) || joins && besideNumber;
            case '.' -> Character.isDigit(right) || joins && besideNumber;
            case ':', '/' -> joins && besideNumber;
            case '%', '‰' -> Character.isDigit(before);
            case '!' -> Character.isDigit(left);
            case '#' -> Character.isLetterOrDigit(left);
            case '&', '@' -> Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
            default -> false;
        };
    }
}
