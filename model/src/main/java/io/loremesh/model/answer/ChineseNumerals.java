package io.loremesh.model.answer;

import java.math.BigDecimal;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chinese numerals written as digits where they count something: 十二公斤 is 12公斤, 二〇一九年 is 2019年; 万一 and 三亚 stay. */
final class ChineseNumerals {
    private static final String DIGITS = "零一二三四五六七八九";
    private static final String COUNTED = "[岁年月日号天周个只条张本位名次人元块角分秒点时度米克吨斤公千厘毫升瓦伏安平立小%层楼级倍寸尺里页章节届排]";
    private static final String RUN = "[零〇一二两三四五六七八九十百千万亿]+";
    private static final Pattern PERCENT = Pattern.compile("百分之(\\d+(?:\\.\\d+)?|" + RUN + "(?:点[零〇一二三四五六七八九]+)?)");
    /** A numeral is one where something is counted, where it is ranked, or where it is all that is said. */
    private static final Pattern NUMERAL =
            Pattern.compile("(?<![\\p{IsHan}&&[^第约共近下上午晚早凌晨年月点时分]])(?<whole>" + RUN + "?(?=千[克米瓦伏赫帕])|" + RUN
                    + ")(?<part>点[零〇一二三四五六七八九]+(?=[公千克斤吨米厘毫升瓦伏安倍元度万亿%]|$))?(?=" + COUNTED + "|$|[^\\p{IsHan}])");

    /** Thousands, hundreds, tens; a zero where a place is left out, and the unit. */
    private static final Pattern PLACES = Pattern.compile(
            "(?:([一二三四五六七八九])千)?+(?:零?([一二三四五六七八九])百)?+(?:零?([一二三四五六七八九]?)十)?+" + "(?:(零?)([一二三四五六七八九]))?+");

    private static final long[] PLACE = {1_000, 100, 10};
    private static final Pattern MIXED =
            Pattern.compile("(?<![\\d.])(\\d++(?:\\.\\d++)?+)([万亿])(?![一-龥&&[^元人个只吨米年公美欧千克块平]])");

    private ChineseNumerals() {}

    /** The text with its numerals as digits, and 百分之 as a per cent sign. */
    static String toDigits(String text) {
        String digits = PERCENT.matcher(text).replaceAll(found -> Matcher.quoteReplacement(percent(found.group(1))));
        digits = NUMERAL.matcher(digits).replaceAll(found -> Matcher.quoteReplacement(numeral(found)));
        return MIXED.matcher(digits).replaceAll(found -> new BigDecimal(found.group(1))
                .multiply(found.group(2).equals("万") ? BigDecimal.valueOf(10_000) : BigDecimal.valueOf(100_000_000))
                .stripTrailingZeros()
                .toPlainString());
    }

    private static String percent(String number) {
        if (Character.isDigit(number.charAt(0))) {
            return number + "%";
        }
        int point = number.indexOf('点');
        String whole = value(point < 0 ? number : number.substring(0, point));
        return whole == null
                ? "百分之" + number
                : whole + (point < 0 ? "" : "." + each(number.substring(point + 1))) + "%";
    }

    private static String numeral(MatchResult found) {
        String whole = value(found.group("whole"));
        if (whole == null) {
            return found.group();
        }
        String part = found.group("part");
        return part == null ? whole : whole + "." + each(part.substring(1));
    }

    /**
     * Digits as they stand (二〇一九), or by place (一百二十, 二百五 for 250); null where it is no number (万一) or may be either of
     * two (两三 is two or three).
     */
    private static String value(String numeral) {
        String text = numeral.replace('〇', '零').replace('两', '二');
        if (text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)) {
            boolean plain =
                    text.length() == 1 || !numeral.contains("两") && (text.length() > 2 || text.indexOf('零') >= 0);
            return plain ? each(text) : null;
        }
        long value = byPlace(text, '亿', 100_000_000);
        return value < 0 ? null : Long.toString(value);
    }

    /** Negative where it is no number. */
    private static long byPlace(String text, char place, long factor) {
        int at = text.lastIndexOf(place);
        if (at < 0) {
            return place == '亿' ? byPlace(text, '万', 10_000) : belowTenThousand(text);
        }
        String high = text.substring(0, at);
        String low = text.substring(at + 1);
        long above = place == '亿' ? byPlace(high, '万', 10_000) : belowTenThousand(high);
        long below = low.isEmpty() ? 0 : byPlace(low.startsWith("零") ? low.substring(1) : low, '万', 10_000);
        if (above <= 0 || below < 0 || place == '万' && low.indexOf('万') >= 0) {
            return -1;
        }
        return above * factor + (low.length() == 1 ? below * (factor / 10) : below);
    }

    private static long belowTenThousand(String text) {
        Matcher places = PLACES.matcher(text);
        if (text.isEmpty() || !places.matches()) {
            return -1;
        }
        long value = 0;
        long last = 1;
        for (int i = 0; i < 3; i++) {
            String digit = places.group(i + 1);
            if (digit != null) {
                last = PLACE[i];
                value += last * (digit.isEmpty() ? 1 : DIGITS.indexOf(digit));
            }
        }
        String unit = places.group(5);
        boolean shortened = unit != null && places.group(4).isEmpty() && last >= 100;
        return value + (unit == null ? 0 : DIGITS.indexOf(unit) * (shortened ? last / 10 : 1));
    }

    private static String each(String digits) {
        var plain = new StringBuilder();
        digits.replace('〇', '零').chars().forEach(c -> plain.append(DIGITS.indexOf(c)));
        return plain.toString();
    }
}
