package io.loremesh.model.answer;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** English number words written as digits: twenty-one is 21, three hundred and five is 305. */
final class EnglishNumerals {
    private static final List<String> SMALL = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final List<String> LARGE = List.of("thousand", "million", "billion");
    private static final String WORD = "(?:" + String.join("|", SMALL) + "|(?:" + String.join("|", TENS) + ")(?:[- ](?:"
            + String.join("|", SMALL.subList(1, 10)) + "))?)";
    private static final String BELOW_THOUSAND = WORD + "(?: hundred(?:(?: and)? " + WORD + ")?)?";
    private static final Pattern NUMERAL = Pattern.compile(
            "(?<![\\p{L}\\p{N}'-])(?<!(?<![\\p{L}\\p{M}\\p{N}])no )" + BELOW_THOUSAND
                    + "(?: (?:thousand|million|billion)(?:(?: and|,)? " + BELOW_THOUSAND
                    + ")?){0,3}(?![\\p{L}\\p{N}'])(?!-\\p{L})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MIXED = Pattern.compile(
            "(?<![\\p{L}\\p{N}.,])(\\d++(?:\\.\\d++)?+) (thousand|million|billion)\\b", Pattern.CASE_INSENSITIVE);

    private EnglishNumerals() {}

    static String toDigits(String text) {
        String digits = NUMERAL.matcher(text).replaceAll(found -> value(found.group()));
        return MIXED.matcher(digits).replaceAll(found -> new BigDecimal(found.group(1))
                .multiply(BigDecimal.valueOf(factor(found.group(2))))
                .stripTrailingZeros()
                .toPlainString());
    }

    /** The words as they are where their order is that of no number: two million thousand. */
    private static String value(String words) {
        long total = 0;
        long section = 0;
        long last = Long.MAX_VALUE;
        for (String word : words.toLowerCase(Locale.ROOT).split("[ ,-]+")) {
            if (SMALL.contains(word)) {
                section += SMALL.indexOf(word);
            } else if (TENS.contains(word)) {
                section += 10L * (TENS.indexOf(word) + 2);
            } else if (word.equals("hundred")) {
                section *= 100;
            } else if (LARGE.contains(word)) {
                long factor = factor(word);
                if (section == 0 || factor >= last) {
                    return words;
                }
                total += section * factor;
                section = 0;
                last = factor;
            }
        }
        return Long.toString(total + section);
    }

    private static long factor(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "thousand" -> 1_000;
            case "million" -> 1_000_000;
            default -> 1_000_000_000;
        };
    }
}
