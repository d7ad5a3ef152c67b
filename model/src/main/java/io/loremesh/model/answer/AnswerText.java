package io.loremesh.model.answer;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** When two answers are the same: SQuAD's normalisation (Rajpurkar et al. 2016), extended to Chinese. */
public final class AnswerText {
    private static final Pattern PUNCTUATION = Pattern.compile("\\p{P}+");
    private static final Pattern ARTICLES = Pattern.compile("(?<![\\p{L}\\p{N}])(?:a|an|the)(?![\\p{L}\\p{N}])");
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private AnswerText() {}

    /**
     * NFKC, lower case, without punctuation, English articles and all white space (Chinese has none, and tokenizers
     * differ in where they put it).
     */
    public static String normalise(String answer) {
        String text = Normalizer.normalize(answer, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        text = PUNCTUATION.matcher(text).replaceAll("");
        text = ARTICLES.matcher(text).replaceAll("");
        return WHITE_SPACE.matcher(text).replaceAll("");
    }

    /** Whether the answer equals one of those accepted, after normalisation. */
    public static boolean exactMatch(String answer, Collection<String> accepted) {
        String text = normalise(answer);
        return accepted.stream().anyMatch(other -> normalise(other).equals(text));
    }
}
