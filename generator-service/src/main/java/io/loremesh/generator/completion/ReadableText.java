package io.loremesh.generator.completion;

import io.loremesh.model.answer.PlainText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which a model is given a text: letters, digits and signs that differ from the plain ones in looks alone
 * are plain,
 * and what cannot be seen is gone. ＫＡＴＥ is KATE and Al₂O₃ is Al2O3, whose tokens the model knows. Chinese punctuation
 * and
 * everything else stays as it was learned.
 */
public final class ReadableText {
    private static final Pattern LOOKS = Pattern.compile(
            "[\\uFF10-\\uFF19\\uFF21-\\uFF3A\\uFF41-\\uFF5A\\uFF61-\\uFF9F＋－．％＠／＆＃＄＿＝＊\\u2080-\\u2089\\u3000"
                    + "\\u2460-\\u2473\\u2160-\\u217F\\uFB00-\\uFB06\\u2100-\\u214F"
                    + "\\u3371-\\u33DF\\x{1D400}-\\x{1D7FF}]");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}&&[^\\u200D\\x{E0020}-\\x{E007F}]]");

    private ReadableText() {}

    public static String of(String text) {
        String seen = UNSEEN.matcher(text).replaceAll("");
        return LOOKS.matcher(seen).replaceAll(found -> {
            String plain = PlainText.of(found.group());
            return plain.isEmpty() ? " " : Matcher.quoteReplacement(plain);
        });
    }
}
