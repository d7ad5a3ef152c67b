package io.loremesh.lab.world;

import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.List;
import java.util.Locale;

/**
 * Fresh names, and names easily taken for another one. Kinds of subjects: person, pet, company, product, city, rule,
 * project, system, words, and being (a person or a pet); roles are drawn by families. Safe for concurrent use.
 */
public final class Names {

    /** Characters from here on are Chinese, as far as the world's names go. */
    private static final int CHINESE = 0x2E80;

    private static final double RARER = .35;
    private static final double POSSESSION = .25;

    private final Lexicon names;
    private final Lexicon values;
    private final List<String> surnames;
    private final List<String> given;
    private final List<String> characters;

    Names(Lexicon names, Lexicon values) {
        this.names = names;
        this.values = values;
        this.surnames = names.characters(Language.ZH, "surname");
        this.given = names.characters(Language.ZH, "given");
        this.characters = names.characters(Language.ZH, "common");
    }

    /** The Chinese characters of names and free text. */
    public List<String> characters() {
        return characters;
    }

    public String draw(String kind, Language language, Dice dice) {
        return switch (kind) {
            case "person", "role" -> person(language, dice);
            case "being" -> dice.chance(.7) ? person(language, dice) : pet(language, dice);
            case "pet" -> pet(language, dice);
            case "company" -> typed("company-type", language, dice);
            case "rule" -> typed("rule-type", language, dice);
            case "project" -> typed("project-type", language, dice);
            case "system" -> typed("system-type", language, dice);
            case "product" -> product(language, dice);
            case "city" -> city(language, dice);
            case "words" -> dice.chance(POSSESSION) ? part(language, dice) : words(language, dice.between(1, 3), dice);
            default ->
                throw new IllegalArgumentException(
                        "No names of kind '" + kind + "'; use one of those that the documentation of Names lists");
        };
    }

    private String person(Language language, Dice dice) {
        if (language == Language.EN) {
            return dice.chance(.6) ? latin(dice) : latin(dice) + " " + latin(dice);
        }
        double kind = dice.random().nextDouble();
        if (kind < .6) {
            return dice.pick(surnames) + dice.pick(given) + (dice.chance(.6) ? dice.pick(given) : "");
        } else if (kind < .75) {
            return latin(dice);
        } else if (kind < .87) {
            String character = dice.pick(given);
            return dice.chance(.3) ? character + character : dice.pick(List.of("小", "阿", "大", "老")) + character;
        }
        return characters(dice.between(2, 3), dice);
    }

    private String pet(Language language, Dice dice) {
        if (language == Language.EN || dice.chance(.3)) {
            String name = latin(dice);
            return dice.chance(.3) ? name.toLowerCase(Locale.ROOT) : name;
        }
        double kind = dice.random().nextDouble();
        String character = characters(1, dice);
        return kind < .4 ? character + character : kind < .7 ? "小" + character : characters(dice.between(2, 3), dice);
    }

    private String typed(String typeList, Language language, Dice dice) {
        String type = dice.pick(values.words(language, typeList));
        if (language == Language.EN) {
            return (dice.chance(.7) ? latin(dice) : capital(word(language, dice))) + " " + type;
        }
        return (dice.chance(.85) ? characters(dice.between(2, 3), dice) : latin(dice)) + type;
    }

    private String product(Language language, Dice dice) {
        if (dice.chance(.3)) {
            return owned(dice.pick(values.words(language, "thing")), language, dice);
        }
        String stem = language == Language.EN || dice.chance(.3) ? latin(dice) : characters(dice.between(2, 3), dice);
        String mark =
                dice.chance(.6) ? String.valueOf(dice.between(1, dice.chance(.5) ? 9 : 99)) : dice.pick(letters());
        return language == Language.EN ? stem + " " + mark : stem + mark + (dice.chance(.3) ? "号" : "");
    }

    private String owned(String thing, Language language, Dice dice) {
        return language == Language.EN ? person(language, dice) + "'s " + thing : person(language, dice) + "的" + thing;
    }

    /** Something of somebody or of an organisation: "X的食堂", "canteen of X". */
    private String part(Language language, Dice dice) {
        String whole =
                draw(dice.pick(List.of("company", "company", "product", "project", "city", "person")), language, dice);
        String part = words(language, dice.between(1, language == Language.ZH ? 2 : 1), dice);
        return language == Language.ZH ? whole + "的" + part : part + " of " + whole;
    }

    private String city(Language language, Dice dice) {
        if (dice.chance(.35)) {
            return dice.pick(values.words(language, "city"));
        }
        if (language == Language.EN) {
            return latin(dice) + dice.pick(List.of("", "", "ton", " City", "ville", " Town"));
        }
        return characters(2, dice) + dice.pick(List.of("", "", "市", "镇", "县", "村", "州"));
    }

    /**
     * A word of Latin letters as names have it: mostly made up, sometimes an English given name; now and then in
     * capitals.
     */
    String latin(Dice dice) {
        String name = dice.chance(.2) ? dice.pick(names.words(Language.EN, "given")) : capital(syllables(dice));
        return dice.chance(.08) ? name.toUpperCase(Locale.ROOT) : name;
    }

    private String syllables(Dice dice) {
        int count = dice.chance(.25) ? 1 : dice.chance(.75) ? 2 : 3;
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < count; i++) {
            name.append(dice.pick(names.words(Language.EN, "onset")))
                    .append(dice.pick(names.words(Language.EN, "vowel")));
        }
        return name.append(dice.pick(names.words(Language.EN, "coda"))).toString();
    }

    /** So many Chinese characters drawn at random: those of everyday words, and others as names and terms have them. */
    public String characters(int count, Dice dice) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(dice.pick(dice.chance(RARER) ? CommonCharacters.all() : characters));
        }
        return text.toString();
    }

    /** A free word: one or two characters, a common English word or a made-up one. */
    public String word(Language language, Dice dice) {
        if (language == Language.ZH) {
            return characters(dice.chance(.25) ? 1 : dice.chance(.85) ? 2 : 3, dice);
        }
        return dice.chance(.7) ? dice.pick(names.words(Language.EN, "common")) : syllables(dice);
    }

    public String words(Language language, int count, Dice dice) {
        StringBuilder text = new StringBuilder(word(language, dice));
        for (int i = 1; i < count; i++) {
            text.append(language == Language.EN ? " " : "").append(word(language, dice));
        }
        return text.toString();
    }

    /** A name that shares its beginning or its end with the given one, and differs from it. */
    public String similar(String name, Dice dice) {
        String changed = name;
        while (changed.equals(name)) {
            changed =
                    name.chars().anyMatch(c -> c >= CHINESE) ? similarCharacters(name, dice) : similarWords(name, dice);
        }
        return changed;
    }

    private String similarCharacters(String name, Dice dice) {
        int[] points = name.codePoints().toArray();
        if (points.length == 1) {
            return name + characters(1, dice);
        }
        int at = dice.random().nextInt(points.length);
        while (points[at] < CHINESE) {
            at = dice.random().nextInt(points.length);
        }
        points[at] = (dice.chance(.4) ? dice.pick(given) : characters(1, dice)).codePointAt(0);
        return new String(points, 0, points.length);
    }

    private String similarWords(String name, Dice dice) {
        String[] words = name.split(" ");
        int at = dice.random().nextInt(words.length);
        if (words[at].chars().allMatch(Character::isDigit)) {
            words[at] = String.valueOf(dice.between(1, 99));
        } else if (words.length > 1) {
            words[at] = latin(dice);
        } else {
            String word = words[at];
            int keep = Math.max(1, word.length() / 2);
            words[at] = dice.chance(.5)
                    ? word.substring(0, keep) + syllables(dice)
                    : capital(syllables(dice)) + word.substring(keep);
        }
        return String.join(" ", words);
    }

    List<String> letters() {
        return List.of(names.words(Language.EN, "letter").getFirst().split(" "));
    }

    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
