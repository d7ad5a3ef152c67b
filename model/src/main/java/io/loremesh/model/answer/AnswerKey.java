package io.loremesh.model.answer;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What value an answer gives, so that two answers can be told apart or held for the same: the rule of identity,
 * staleness, supersession and agreement. Quantities are compared by number and unit (12 kg, 12 千克, 十二公斤), dates and
 * times by what they name, words without regard to case, quotation marks and a leading "the". Signs, decimals,
 * versions, part numbers and marks such as the one of C# count: where in doubt two answers differ, for then the source
 * is read again and nothing old is told as new.
 *
 * <p>A bare decimal keeps its zeros (version 1.10 is not 1.1); with a unit it is a number (3.50 元 is 3.5 元).
 */
public final class AnswerKey {
    private static final String ALWAYS_QUOTES = "„«»‹›「」『』《》〈〉";
    private static final String END_MARKS = " .。!?,;:、…";
    /** Not "a": A minor, A positive and vitamin A are told apart by it. */
    private static final Pattern ARTICLE = Pattern.compile("^the (?=\\p{L})", Pattern.CASE_INSENSITIVE);

    private static final Pattern GROUPED = Pattern.compile("(?<![\\p{N}.,])\\d{1,3}+(?:,\\d{3})++(?![\\d,])");
    // Possessive, here and below: a loop that may be taken back costs a stack frame a turn, and the stack ends before
    // the text.
    private static final String NUMBER = "\\d++(?:\\.\\d++)?+";
    private static final Pattern QUANTITY = Pattern.compile(
            "(?<money>" + Units.MONEY_BEFORE + ")? ?(?<sign>[-+])? ?(?<number>\\d++,\\d{1,2}+(?!\\d)|" + NUMBER + ")");
    private static final Pattern BARE =
            Pattern.compile("[-+±]?" + NUMBER + "(?![\\p{L}\\p{N}&&[^\\p{IsHan}]])(?![.,:/@_-][\\p{L}\\p{N}])");
    private static final Pattern WORD = Pattern.compile(
            "[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]++(?:[.,:@_/+#&'^-]++[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]++)*+[#+]*+");
    /** A symbol behind a number: mV is not MV, nm not Nm, K not k. */
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z]{1,2}+(?![\\p{L}\\p{N}])");

    private static final Pattern MONEY_GOES_ON = Pattern.compile("[\\p{L}\\p{N}&&[^\\p{IsHan}]]|[.,:/-]\\p{N}");
    private static final Pattern LETTERS_JOINED = Pattern.compile("(?<=\\p{L})-(?=\\p{L})");

    private AnswerKey() {}

    /** A text that is equal for answers of the same value alone; empty for an answer that says nothing. */
    public static String of(String answer) {
        String text = withoutEndMarks(withoutQuotes(PlainText.of(answer)));
        text = ARTICLE.matcher(text.strip()).replaceAll("");
        text = GROUPED.matcher(text).replaceAll(found -> found.group().replace(",", ""));
        text = EnglishNumerals.toDigits(ChineseNumerals.toDigits(text));
        var key = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            at = next(text, at, key);
        }
        return key.toString().strip();
    }

    /** Whether two answers give the same value. */
    public static boolean same(String one, String other) {
        return of(one).equals(of(other));
    }

    /** Whether the answer gives the value of one of those accepted. */
    public static boolean among(String answer, Collection<String> accepted) {
        String key = of(answer);
        return accepted.stream().anyMatch(other -> of(other).equals(key));
    }

    /** Appends what stands there, and returns where it ends. */
    private static int next(String text, int at, StringBuilder key) {
        char c = text.charAt(at);
        if (c == ' ') {
            return at + 1;
        }
        Optional<Calendar.Moment> moment = Calendar.at(text, at);
        if (moment.isPresent()) {
            append(key, "<" + moment.get().value() + ">");
            return moment.get().end();
        }
        int end = quantity(text, at, key);
        if (end > at) {
            return end;
        }
        Matcher bare = from(BARE, text, at);
        if (bare.lookingAt() && signStandsAlone(text, at)) {
            append(key, bare.group());
            return symbol(text, bare.end(), key);
        }
        Matcher word = from(WORD, text, at);
        if (word.lookingAt()) {
            append(
                    key,
                    LETTERS_JOINED
                            .matcher(word.group().toLowerCase(Locale.ROOT))
                            .replaceAll(" "));
            return word.end();
        }
        int character = text.codePointAt(at);
        append(key, Character.toString(character).toLowerCase(Locale.ROOT));
        return at + Character.charCount(character);
    }

    private static int quantity(String text, int at, StringBuilder key) {
        Matcher quantity = from(QUANTITY, text, at);
        if (!quantity.lookingAt() || !signStandsAlone(text, at)) {
            return at;
        }
        int end = quantity.end();
        String spelling = quantity.group("money");
        if (spelling == null) {
            int unitAt = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
            Matcher unit = from(Units.SPELLING, text, unitAt);
            if (!unit.lookingAt()) {
                return at;
            }
            spelling = unit.group();
            end = unit.end();
        } else if (from(MONEY_GOES_ON, text, end).lookingAt()) {
            return at;
        }
        Optional<Units.Unit> unit = Units.of(spelling);
        if (unit.isEmpty()) {
            return at;
        }
        BigDecimal number = new BigDecimal(quantity.group("number").replace(',', '.'))
                .multiply(unit.get().factor());
        String sign = "-".equals(quantity.group("sign")) && number.signum() != 0 ? "-" : "";
        append(
                key,
                "<" + sign + number.stripTrailingZeros().toPlainString() + " "
                        + unit.get().name() + ">");
        return end;
    }

    /** Appends the symbol behind a number in its own case, and returns where it ends. */
    private static int symbol(String text, int end, StringBuilder key) {
        int at = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        Matcher symbol = from(SYMBOL, text, at);
        if (!symbol.lookingAt() || wordEnd(text, at) > symbol.end()) {
            return end;
        }
        append(key, symbol.group());
        return symbol.end();
    }

    private static int wordEnd(String text, int at) {
        Matcher word = from(WORD, text, at);
        return word.lookingAt() ? word.end() : at;
    }

    /** Behind a number a quotation mark that closes none is one of inches. */
    private static String withoutQuotes(String text) {
        var plain = new StringBuilder(text.length());
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '“' || c == '”') {
                if (!open && i > 0 && Character.isDigit(text.charAt(i - 1))) {
                    plain.append('"');
                } else {
                    open = !open;
                }
            } else if (ALWAYS_QUOTES.indexOf(c) < 0) {
                plain.append(c);
            } else if (c == '„') {
                open = true;
            }
        }
        return plain.toString();
    }

    /** 5! is no 5. */
    static String withoutEndMarks(String text) {
        int end = text.length();
        while (end > 0
                && END_MARKS.indexOf(text.charAt(end - 1)) >= 0
                && !(text.charAt(end - 1) == '!' && end > 1 && Character.isDigit(text.charAt(end - 2)))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** A dash behind a letter or number joins it with the next one and is no sign. */
    private static boolean signStandsAlone(String text, int at) {
        return at == 0 || "+-".indexOf(text.charAt(at)) < 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    /** Chinese is written without spaces, and tokenizers differ in where they put them: they part Latin words alone. */
    private static void append(StringBuilder key, String token) {
        if (!key.isEmpty() && !ideograph(key.codePointBefore(key.length())) && !ideograph(token.codePointAt(0))) {
            key.append(' ');
        }
        key.append(token);
    }

    private static boolean ideograph(int character) {
        return Character.isIdeographic(character);
    }

    private static Matcher from(Pattern pattern, String text, int at) {
        return pattern.matcher(text).region(at, text.length()).useTransparentBounds(true);
    }
}
