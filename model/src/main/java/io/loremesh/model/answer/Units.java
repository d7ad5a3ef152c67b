package io.loremesh.model.answer;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Units by all their spellings, Chinese and English. Those of one dimension are compared by value: 1.5 h is 90 min. */
final class Units {
    /** @param name of the dimension's base unit @param factor to it */
    record Unit(String name, BigDecimal factor) {}

    private static final Unit AMBIGUOUS = new Unit("", BigDecimal.ONE);
    private static final Map<String, Unit> EXACT = new HashMap<>();
    private static final Map<String, Unit> ANY_CASE = new HashMap<>();

    static {
        unit("kg", "1", "kg", "kilogram", "kilograms", "kilo", "kilos", "千克", "公斤");
        unit("kg", "0.001", "g", "gram", "grams", "克");
        unit("kg", "0.000001", "mg", "milligram", "milligrams", "毫克");
        unit("kg", "0.000000001", "µg", "μg", "mcg", "microgram", "micrograms", "微克");
        unit("kg", "0.5", "斤");
        unit("kg", "1000", "t", "tonne", "tonnes", "吨");
        unit("m", "1", "m", "metre", "metres", "meter", "meters", "米");
        unit("m", "1000", "km", "kilometre", "kilometres", "kilometer", "kilometers", "公里", "千米");
        unit("m", "0.01", "cm", "centimetre", "centimetres", "centimeter", "centimeters", "厘米");
        unit("m", "0.001", "mm", "millimetre", "millimetres", "millimeter", "millimeters", "毫米");
        unit("m2", "1", "m2", "m^2", "sqm", "square metre", "square metres", "square meters", "平方米", "平米");
        unit("km2", "1", "km2", "km^2", "square kilometres", "square kilometers", "平方公里", "平方千米");
        unit("m3", "1", "m3", "m^3", "cubic metres", "cubic meters", "立方米");
        unit("l", "1", "l", "L", "litre", "litres", "liter", "liters", "升");
        unit("l", "0.001", "ml", "millilitre", "millilitres", "milliliter", "milliliters", "毫升");
        unit("s", "1", "s", "sec", "second", "seconds", "秒", "秒钟");
        unit("s", "60", "min", "Min", "MIN", "mins", "minute", "minutes", "分钟");
        unit("s", "3600", "h", "hr", "hrs", "hour", "hours", "小时");
        unit("s", "0.001", "ms", "millisecond", "milliseconds", "毫秒");
        unit("day", "1", "day", "days", "天");
        unit("week", "1", "week", "weeks", "周", "星期");
        unit("month", "1", "month", "months", "个月");
        unit("year", "1", "year", "years");
        unit("age", "1", "years old", "year old", "岁", "周岁");
        unit("%", "1", "%", "percent", "per cent");
        unit("°C", "1", "°C", "degrees Celsius", "degree Celsius", "摄氏度");
        unit("°F", "1", "°F", "degrees Fahrenheit", "degree Fahrenheit", "华氏度");
        unit("°", "1", "°", "degree", "degrees", "度");
        unit("W", "1", "W", "watt", "watts", "瓦", "瓦特");
        unit("W", "1000", "kW", "kilowatt", "kilowatts", "千瓦");
        unit("W", "1000000", "MW", "megawatt", "megawatts", "兆瓦");
        unit("W", "0.001", "mW", "milliwatt", "milliwatts", "毫瓦");
        unit("kWh", "1", "kWh", "kilowatt hours", "kilowatt-hours", "千瓦时");
        unit("V", "1", "V", "volt", "volts", "伏", "伏特");
        unit("V", "1000", "kV", "kilovolt", "kilovolts", "千伏");
        unit("A", "1", "A", "amp", "amps", "ampere", "amperes", "安", "安培");
        unit("A", "0.001", "mA", "milliamp", "milliamps", "毫安");
        unit("Hz", "1", "Hz", "hertz", "赫兹");
        unit("Hz", "1000", "kHz", "kilohertz", "千赫");
        unit("Hz", "1000000", "MHz", "megahertz", "兆赫");
        unit("Hz", "1000000000", "GHz", "gigahertz", "吉赫");
        unit("km/h", "1", "km/h", "kmh", "kph", "kilometres per hour", "kilometers per hour", "公里每小时");
        unit("m/s", "1", "m/s", "metres per second", "meters per second", "米每秒");
        unit("KB", "1", "KB", "kB");
        unit("MB", "1", "MB");
        unit("GB", "1", "GB");
        unit("TB", "1", "TB");
        unit("bar", "1", "bar");
        unit("Pa", "1", "Pa", "帕");
        unit("mPa", "1", "mPa");
        unit("kPa", "1", "kPa", "千帕");
        unit("MPa", "1", "MPa", "兆帕");
        unit("EUR", "1", "€", "EUR", "euro", "euros", "欧元");
        unit("GBP", "1", "£", "GBP", "英镑");
        unit("$", "1", "$", "dollar", "dollars");
        unit("USD", "1", "USD", "US$", "美元");
        unit("CNY", "1", "CNY", "RMB", "yuan", "元", "块", "人民币");
        unit("JPY", "1", "JPY", "日元", "円");
        unit("¥", "1", "¥");
    }

    /** A sign of money before its number. */
    static final String MONEY_BEFORE = "US\\$|[€£$¥]|(?:EUR|GBP|USD|CNY|RMB|JPY)(?= ?\\d)";

    /** Any spelling, longest first. Latin ones end where their word ends. */
    static final Pattern SPELLING = Pattern.compile(
            EXACT.keySet().stream()
                    .sorted((a, b) -> b.length() - a.length())
                    .map(text -> Character.isLetterOrDigit(text.charAt(text.length() - 1))
                                    && text.codePoints().noneMatch(Units::han)
                            ? Pattern.quote(text) + "(?![\\p{L}\\p{N}&&[^\\p{IsHan}]])(?![/^'-][\\p{L}\\p{N}])"
                            : Pattern.quote(text))
                    .collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);

    private Units() {}

    private static void unit(String name, String factor, String... spellings) {
        Unit unit = new Unit(name, new BigDecimal(factor));
        for (String spelling : List.of(spellings)) {
            EXACT.put(spelling, unit);
            if (spelling.length() > 1 && !isOfBytes(spelling)) {
                ANY_CASE.merge(anyCase(spelling), unit, (a, b) -> a.equals(b) ? a : AMBIGUOUS);
            }
        }
    }

    /** The unit of a spelling; empty where it is none, or may be either of two. */
    static Optional<Unit> of(String spelling) {
        Unit exact = EXACT.get(spelling);
        return exact != null
                ? Optional.of(exact)
                : Optional.ofNullable(ANY_CASE.get(anyCase(spelling))).filter(unit -> unit != AMBIGUOUS);
    }

    /**
     * A spelling for look-ups in any case. A single letter has none: 5 M is not 5 m. The first letter of a symbol keeps
     * its case where it may be milli or mega.
     */
    private static String anyCase(String spelling) {
        String lower = spelling.toLowerCase(Locale.ROOT);
        return spelling.length() <= 3 && lower.charAt(0) == 'm' ? spelling.charAt(0) + lower.substring(1) : lower;
    }

    /** Mb are bits. */
    private static boolean isOfBytes(String spelling) {
        return spelling.length() == 2 && spelling.charAt(1) == 'B';
    }

    private static boolean han(int character) {
        return Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN;
    }
}
