package io.loremesh.model.answer;

/** Numbers in words, written by the grammar of each language; below 10^8. */
final class Numerals {
    private static final String[] SMALL = {
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
        "nineteen"
    };
    private static final String[] TENS = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
    private static final String DIGITS = "零一二三四五六七八九";
    private static final String[] PLACES = {"", "十", "百", "千"};

    private Numerals() {}

    static String chinese(int number) {
        if (number >= 10_000) {
            int low = number % 10_000;
            String rest = low == 0 ? "" : (low < 1_000 ? "零" : "") + section(low);
            return section(number / 10_000) + "万" + rest;
        }
        return number >= 10 && number < 20 ? section(number).substring(1) : number == 0 ? "零" : section(number);
    }

    private static String section(int number) {
        var text = new StringBuilder();
        boolean gap = false;
        for (int place = 3; place >= 0; place--) {
            int digit = number / (int) Math.pow(10, place) % 10;
            if (digit == 0) {
                gap = !text.isEmpty();
                continue;
            }
            text.append(gap ? "零" : "").append(DIGITS.charAt(digit)).append(PLACES[place]);
            gap = false;
        }
        return text.toString();
    }

    static String english(int number) {
        if (number < 20) {
            return SMALL[number];
        }
        if (number < 100) {
            return TENS[number / 10 - 2] + (number % 10 == 0 ? "" : "-" + SMALL[number % 10]);
        }
        if (number < 1_000) {
            return SMALL[number / 100] + " hundred" + (number % 100 == 0 ? "" : " and " + english(number % 100));
        }
        int factor = number < 1_000_000 ? 1_000 : 1_000_000;
        return english(number / factor)
                + (factor == 1_000 ? " thousand" : " million")
                + (number % factor == 0 ? "" : " " + english(number % factor));
    }
}
