package io.loremesh.generator.routing;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a question is made of: words where there are any, single Chinese characters and pairs of them elsewhere. What every
 * question is full of (who, is, 什么, 的) counts little, so that what it is about decides.
 */
final class QuestionFeatures {
    private static final Pattern WORD = Pattern.compile("[\\p{IsLatin}]+|\\p{N}+|[\\p{IsHan}]+|\\p{L}+");
    private static final Set<String> FUNCTION_WORDS = Set.of(
            "a", "an", "the", "is", "are", "was", "were", "be", "do", "does", "did", "of", "in", "on", "at", "to",
            "for", "by", "with", "from", "and", "or", "s", "what", "which", "who", "whom", "whose", "where", "when",
            "how", "why", "it", "its", "this", "that", "please", "tell", "me", "can", "you", "i", "my", "名", "是", "的",
            "了", "在", "什", "么", "谁", "哪", "里", "吗", "呢", "几", "多", "少", "有", "个", "请", "问", "您", "你", "我", "告", "诉",
            "它", "他", "她", "这", "那", "些", "和", "与", "怎", "样", "何", "啊", "呀");
    private static final double FUNCTION_WEIGHT = .25;
    /** A pair of characters says more than either alone, yet both are counted: half a weight each way. */
    private static final double CHARACTER_WEIGHT = .7;

    private QuestionFeatures() {}

    /** The features with their weights, before any statistics. */
    static Map<String, Double> of(String text) {
        Map<String, Double> features = new HashMap<>();
        Matcher words =
                WORD.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
        while (words.find()) {
            String word = words.group();
            if (Character.UnicodeScript.of(word.codePointAt(0)) == Character.UnicodeScript.HAN) {
                addCharacters(word, features);
            } else {
                features.put(stem(word), FUNCTION_WORDS.contains(word) ? FUNCTION_WEIGHT : 1);
            }
        }
        return features;
    }

    private static void addCharacters(String run, Map<String, Double> features) {
        String[] characters = run.codePoints().mapToObj(Character::toString).toArray(String[]::new);
        for (int i = 0; i < characters.length; i++) {
            boolean function = FUNCTION_WORDS.contains(characters[i]);
            features.put(characters[i], CHARACTER_WEIGHT * (function ? FUNCTION_WEIGHT : 1));
            if (i > 0) {
                boolean both = function || FUNCTION_WORDS.contains(characters[i - 1]);
                features.put(characters[i - 1] + characters[i], both ? FUNCTION_WEIGHT : 1);
            }
        }
    }

    /** Plural and third person, no more: enough that "foods" and "likes" meet "food" and "like". */
    private static String stem(String word) {
        boolean plural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
        return plural ? word.substring(0, word.length() - 1) : word;
    }
}
