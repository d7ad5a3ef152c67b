package io.loremesh.model.answer;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which question is asked, whatever its spelling: the rule by which facts without a name are named. Without regard to case, white
 * space and the marks between words; a mark that belongs to a number, a part number or a name (1.5, 9:30, -5, 45%, RX-200, C#, R&D)
 * counts, and two numbers stay apart.
 */
public final class QuestionKey {
    private static final Pattern GROUPS = Pattern.compile("(?<![\\p{N}.,])\\d{1,3}(?:,\\d{3})+(?![\\d,])");

    private QuestionKey() {}

    /** A text that is equal for spellings of the same question alone; empty where a text asks nothing. */
    public static String of(String question) {
        String text = PlainText.of(question).toLowerCase(Locale.ROOT);
        text = GROUPS.matcher(text).replaceAll(found -> found.group().replace(",", ""));
        var key = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char before = i == 0 ? ' ' : text.charAt(i - 1);
            char after = i + 1 == text.length() ? ' ' : text.charAt(i + 1);
            if (!isMark(c) || counts(c, before, after)) {
                key.append(c);
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

    private static boolean counts(char mark, char before, char after) {
        boolean joins = Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
        boolean besideNumber = Character.isDigit(before) || Character.isDigit(after);
        return switch (mark) {
            case ' ', ',' -> Character.isDigit(before) && Character.isDigit(after);
            case '-' -> Character.isDigit(after) || joins && besideNumber;
            case '.', ':', '/' -> joins && besideNumber;
            case '%', '‰' -> Character.isDigit(before);
            case '#' -> Character.isLetterOrDigit(before);
            case '&', '@' -> joins;
            default -> false;
        };
    }
}
