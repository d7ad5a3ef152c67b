package io.loremesh.model.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times of day by all their spellings: 2019年3月5日 is 5 March 2019, 9:30 pm is 21:30. What is ambiguous (3/5)
 * is none.
 */
final class Calendar {
    /** A date or time, and where its spelling ends. */
    record Moment(String value, int end) {}

    private record Form(Pattern pattern, Function<MatchResult, String> value) {}

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final String MONTH =
            "(?<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
                    + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
    private static final String DAY = "(?<d>\\d{1,2})(?:st|nd|rd|th)?";
    private static final String YEAR = "(?<y>\\d{4})";
    private static final String END = "(?![\\p{L}\\p{N}&&[^\\p{IsHan}]])(?![.:/-]\\d)";
    private static final List<Form> FORMS = List.of(
            date(YEAR + "([-/])(?<m>\\d{1,2})\\2(?<d>\\d{1,2})" + END),
            date(YEAR + "年 ?(?<m>\\d{1,2})月(?: ?(?<d>\\d{1,2})[日号])?"),
            date("(?<m>\\d{1,2})月 ?(?<d>\\d{1,2})[日号]"),
            date(DAY + " (?:of )?" + MONTH + "(?:,? " + YEAR + ")?" + END),
            date(MONTH + " (?:the )?" + DAY + ",? " + YEAR + END),
            date(MONTH + ",? " + YEAR + END),
            date(MONTH + " (?:the )?" + DAY + END),
            time("(?<h>\\d{1,2}):(?<min>\\d{2})(?::(?<s>\\d{2}))?(?: ?(?<half>[ap])\\.?m\\.?)?" + END),
            time("(?<h>\\d{1,2}) ?(?<half>[ap])\\.?m\\.?" + END),
            time("(?<half>上午|早上|凌晨|中午|下午|晚上)?(?<h>\\d{1,2})[点时](?:(?<min>\\d{1,2})分?|(?<mid>半)|整|钟)?(?![\\p{N}])"));

    private Calendar() {}

    /** The date or time that begins there, if one does. */
    static Optional<Moment> at(String text, int start) {
        for (Form form : FORMS) {
            Matcher matcher = form.pattern().matcher(text).region(start, text.length());
            matcher.useTransparentBounds(true);
            if (matcher.lookingAt()) {
                String value = form.value().apply(matcher.toMatchResult());
                if (value != null) {
                    return Optional.of(new Moment(value, matcher.end()));
                }
            }
        }
        return Optional.empty();
    }

    private static Form date(String pattern) {
        return new Form(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), Calendar::date);
    }

    private static Form time(String pattern) {
        return new Form(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), Calendar::time);
    }

    private static String date(MatchResult found) {
        String year = group(found, "y");
        String month = group(found, "m");
        int m = Character.isDigit(month.charAt(0))
                ? Integer.parseInt(month)
                : MONTHS.indexOf(month.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
        String day = group(found, "d");
        int d = day == null ? 1 : Integer.parseInt(day);
        if (m < 1 || m > 12 || d < 1 || d > 31) {
            return null;
        }
        return (year == null ? "-" : year) + "-%02d".formatted(m) + (day == null ? "" : "-%02d".formatted(d));
    }

    private static String time(MatchResult found) {
        int hour = Integer.parseInt(group(found, "h"));
        String half = group(found, "half");
        String minute = group(found, "mid") != null ? "30" : group(found, "min");
        int minutes = minute == null ? 0 : Integer.parseInt(minute);
        String seconds = group(found, "s");
        if (hour > 24 || minutes > 59 || seconds != null && Integer.parseInt(seconds) > 59) {
            return null;
        }
        hour = half == null ? hour : hour(hour, half.toLowerCase(Locale.ROOT));
        if (hour < 0) {
            return null;
        }
        boolean sharp = seconds == null || seconds.equals("00");
        return "T%02d:%02d%s".formatted(hour, minutes, sharp ? "" : ":" + seconds);
    }

    /** Of the day; negative where the two contradict each other, or may mean noon as well as midnight (晚上12点). */
    private static int hour(int hour, String half) {
        return switch (half) {
            case "p", "下午" -> hour == 0 ? -1 : hour < 12 ? hour + 12 : hour;
            case "晚上" -> hour == 0 || hour == 12 ? -1 : hour < 12 ? hour + 12 : hour;
            case "a", "凌晨" -> hour > 12 ? -1 : hour == 12 ? 0 : hour;
            case "中午" -> hour == 11 || hour == 12 ? hour : hour == 1 || hour == 2 ? hour + 12 : -1;
            default -> hour > 12 ? -1 : hour;
        };
    }

    private static String group(MatchResult found, String name) {
        return found.namedGroups().containsKey(name) ? found.group(name) : null;
    }
}
