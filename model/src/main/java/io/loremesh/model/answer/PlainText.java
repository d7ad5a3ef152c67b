package io.loremesh.model.answer;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The one form in which texts are compared: compatibility forms are resolved, what cannot be seen is gone, and every
 * kind of dash, apostrophe and white space is one. Marks that carry meaning stay: {@code 1.5}, {@code -5}, {@code C#},
 * {@code 10²}.
 */
public final class PlainText {
    /** NFKC alone would read 10² as 102, x² as x2 and 1½ as 11/2. */
    private static final Pattern POWER = Pattern.compile("(?<=[\\p{L}\\p{Nd})])(?=[⁰¹²³⁴-⁹⁺⁻])");

    private static final Pattern MIXED_FRACTION = Pattern.compile("(?<=[\\p{Nd}¼-¾⅐-⅞])(?=[¼-¾⅐-⅞])");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\t\\n\\x0B\\f\\r]]|[\\uFE00-\\uFE0F]");
    private static final Pattern DASHES = Pattern.compile("[\\p{Pd}\\u2212]");
    private static final Pattern APOSTROPHES = Pattern.compile("[‘’ʼ`´]");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private PlainText() {}

    /** The text in that form, stripped; its case is kept. */
    public static String of(String text) {
        String plain = POWER.matcher(text).replaceAll("^");
        plain = MIXED_FRACTION.matcher(plain).replaceAll(" ");
        // The spacing form of an accent would begin with a space.
        plain = APOSTROPHES.matcher(plain).replaceAll("'");
        plain = Normalizer.normalize(plain, Normalizer.Form.NFKC).replace('\u2044', '/');
        plain = UNSEEN.matcher(plain).replaceAll("");
        plain = DASHES.matcher(plain).replaceAll("-");
        return SPACES.matcher(plain).replaceAll(" ").strip();
    }
}
