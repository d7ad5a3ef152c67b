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
    private static final Pattern NUMERAL = Pattern.compile("(?<![\\p{IsHan}&&[^第约共近下上午晚早凌晨年月点时分]])(?<whole>" + RUN
            + ")(?<part>点[零〇一二三四五六七八九]+(?=[公千克斤吨米厘毫升瓦伏安倍元度万亿%]|$))?(?=" + COUNTED + "|$|[^\\p{IsHan}])");

    private static final Pattern MIXED = Pattern.compile("(\\d+(?:\\.\\d+)?)([万亿])(?![一-龥&&[^元人个只吨米年公美欧千克块平]])");

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

    /** Digits as they stand (二〇一九), or by place (一百二十); null where it is no number (万一). */
    private static String value(String numeral) {
        String text = numeral.replace('〇', '零').replace('两', '二');
        if (text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)) {
            return each(text);
        }
        long total = 0;
        long section = 0;
        long digit = -1;
        for (char c : text.toCharArray()) {
            int plain = DIGITS.indexOf(c);
            if (plain >= 0) {
                if (digit > 0) {
                    return null;
                }
                digit = plain;
                continue;
            }
            long place = "十百千万亿".indexOf(c);
            if (place < 3) {
                if (digit < 0 && !(place == 0 && section % 100 == 0)) {
                    return null;
                }
                section += (digit < 0 ? 1 : digit) * (place == 0 ? 10 : place == 1 ? 100 : 1_000);
            } else {
                section += Math.max(digit, 0);
                if (section + total == 0) {
                    return null;
                }
                total = place == 3 ? total + section * 10_000 : (total + section) * 100_000_000;
                section = 0;
            }
            digit = -1;
        }
        return Long.toString(total + section + Math.max(digit, 0));
    }

    private static String each(String digits) {
        var plain = new StringBuilder();
        digits.replace('〇', '零').chars().forEach(c -> plain.append(DIGITS.indexOf(c)));
        return plain.toString();
    }
}
