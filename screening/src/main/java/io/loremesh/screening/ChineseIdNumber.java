package io.loremesh.screening;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;

/**
 * The number of a Chinese resident: six digits of the place, the birthday, three digits, and a check digit (GB
 * 11643-1999; ISO 7064, MOD 11-2).
 */
final class ChineseIdNumber {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
    private static final int FIRST_YEAR = 1850;
    private static final int LAST_YEAR = 2100;

    private ChineseIdNumber() {}

    /** Whether 18 characters, 17 digits and a digit or X, are such a number. */
    static boolean isValid(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (number.charAt(i) - '0');
        }
        return CHECK_DIGITS.charAt(sum % 11) == Character.toUpperCase(number.charAt(17))
                && number.charAt(0) != '0'
                && isDay(number.substring(6, 14));
    }

    private static boolean isDay(String digits) {
        try {
            int year = LocalDate.parse(digits, DAY).getYear();
            return year >= FIRST_YEAR && year <= LAST_YEAR;
        } catch (DateTimeParseException noDay) {
            return false;
        }
    }
}
