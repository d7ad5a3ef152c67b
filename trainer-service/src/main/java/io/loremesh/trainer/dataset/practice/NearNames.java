package io.loremesh.trainer.dataset.practice;

import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.List;
import java.util.Locale;

/** Names that nobody bears: made up, or like a given one in their beginning. */
final class NearNames {

    private static final List<String> ONSETS =
            List.of("b", "d", "f", "g", "k", "l", "m", "n", "r", "s", "t", "v", "br", "th");
    private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u", "ia", "ei");
    private static final List<String> CODAS = List.of("", "n", "l", "r", "s", "na", "ton");

    /** Characters that many names have. */
    private static final String CHARACTERS = "安柏晨川冬帆芳冠海禾嘉凯兰林明宁培青蓉森桐伟雪彦勇哲志竹子";

    private NearNames() {}

    /**
     * A name that differs from the given one in one word, character or number, and from which no one can tell its
     * bearer.
     */
    static String like(String name, Dice dice) {
        String changed = name;
        while (changed.equals(name)) {
            changed = name.codePoints().anyMatch(NearNames::isHan) ? otherCharacter(name, dice) : otherWord(name, dice);
        }
        return changed;
    }

    static String fresh(Language language, Dice dice) {
        return switch (language) {
            case ZH -> character(dice) + character(dice) + (dice.chance(.5) ? character(dice) : "");
            case EN -> capital(syllable(dice) + syllable(dice) + dice.pick(CODAS));
        };
    }

    private static String otherCharacter(String name, Dice dice) {
        int[] points = name.codePoints().toArray();
        int at = dice.between(0, points.length - 1);
        while (!isHan(points[at])) {
            at = dice.between(0, points.length - 1);
        }
        points[at] = character(dice).codePointAt(0);
        return new String(points, 0, points.length);
    }

    private static String otherWord(String name, Dice dice) {
        String[] words = name.split(" ");
        int at = dice.between(0, words.length - 1);
        String word = words[at];
        words[at] = word.chars().allMatch(Character::isDigit)
                ? String.valueOf(dice.between(1, 99))
                : capital(word.substring(0, (word.length() + 1) / 2).toLowerCase(Locale.ROOT)
                        + syllable(dice)
                        + dice.pick(CODAS));
        return String.join(" ", words);
    }

    private static boolean isHan(int point) {
        return Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN;
    }

    private static String character(Dice dice) {
        int at = dice.between(0, CHARACTERS.length() - 1);
        return CHARACTERS.substring(at, at + 1);
    }

    private static String syllable(Dice dice) {
        return dice.pick(ONSETS) + dice.pick(VOWELS);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
