package io.loremesh.generator.routing;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a question is made of: words where there are any, single Chinese characters and pairs of them elsewhere.
 *
 * @param weights every feature with its weight before any statistics: what each question is full of (who, is, 什么, 的)
 *     counts little, so that what it is about decides
 * @param content the features that carry meaning by themselves: words and pairs without a function word in them
 * @param names what looks like a proper name or a number: capitalised words inside a sentence, Latin words inside
 *     Chinese
 */
record QuestionFeatures(Map<String, Double> weights, Set<String> content, Set<String> names) {
    private static final Pattern WORD = Pattern.compile("[\\p{IsLatin}]+|\\p{N}+|[\\p{IsHan}]+|\\p{L}+");
    private static final Set<String> FUNCTION_WORDS = Set.of(
            "a", "an", "the", "is", "are", "was", "were", "be", "do", "does", "did", "of", "in", "on", "at", "to",
            "for", "by", "with", "from", "and", "or", "s", "what", "which", "who", "whom", "whose", "where", "when",
            "how", "why", "it", "its", "this", "that", "please", "tell", "me", "can", "you", "i", "my", "has", "have",
            "名", "是", "的", "了", "在", "什", "么", "谁", "哪", "里", "吗", "呢", "几", "多", "少", "有", "个", "请", "问", "您", "你",
            "我", "告", "诉", "它", "他", "她", "这", "那", "些", "和", "与", "怎", "样", "何", "啊", "呀");
    private static final double FUNCTION_WEIGHT = .25;
    /** Below 1, since a character is counted again in its pairs. */
    private static final double CHARACTER_WEIGHT = .7;

    static QuestionFeatures of(String text) {
        QuestionFeatures features = new QuestionFeatures(new HashMap<>(), new HashSet<>(), new HashSet<>());
        Matcher words = WORD.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        boolean chinese = text.codePoints().anyMatch(QuestionFeatures::isHan);
        boolean first = true;
        while (words.find()) {
            String word = words.group();
            if (isHan(word.codePointAt(0))) {
                features.addCharacters(word);
            } else {
                boolean capital = Character.isUpperCase(word.codePointAt(0)) && !first;
                features.addWord(word, capital || chinese || Character.isDigit(word.codePointAt(0)));
            }
            first = false;
        }
        return features;
    }

    private void addWord(String word, boolean name) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (FUNCTION_WORDS.contains(lower)) {
            weights.put(lower, FUNCTION_WEIGHT);
            return;
        }
        String stem = stem(lower);
        weights.put(stem, 1.0);
        content.add(stem);
        if (name) {
            names.add(stem);
        }
    }

    private void addCharacters(String run) {
        String[] characters = run.codePoints().mapToObj(Character::toString).toArray(String[]::new);
        for (int i = 0; i < characters.length; i++) {
            boolean function = FUNCTION_WORDS.contains(characters[i]);
            weights.put(characters[i], CHARACTER_WEIGHT * (function ? FUNCTION_WEIGHT : 1));
            if (i > 0) {
                String pair = characters[i - 1] + characters[i];
                boolean weak = function || FUNCTION_WORDS.contains(characters[i - 1]);
                weights.put(pair, weak ? FUNCTION_WEIGHT : 1);
                if (!weak) {
                    content.add(pair);
                }
            }
        }
    }

    private static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    /** Plural, third person, gerund and past, no more: enough that "eating" and "likes" meet "eat" and "like". */
    private static String stem(String word) {
        if (word.length() > 5 && word.endsWith("ing")) {
            return word.substring(0, word.length() - 3);
        }
        if (word.length() > 4 && word.endsWith("ed")) {
            return word.substring(0, word.length() - 2);
        }
        boolean plural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
        return plural ? word.substring(0, word.length() - 1) : word;
    }
}
