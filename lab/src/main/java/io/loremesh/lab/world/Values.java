package io.loremesh.lab.world;

import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.List;

/**
 * The objects of claims: closed lists, three in ten replaced by free words, and drawn names, numbers, dates and codes.
 * Safe for concurrent use.
 */
public final class Values {

    private static final double REPLACED = .3;

    private static final String ANY_UNIT = "measure:元/米/公里/人/次/岁/个/名/本/台/辆/张/位/条/件/度/克/升/斤"
            + "=dollars/metres/miles/people/times/kg/litres/degrees/pieces/cars";

    private final Lexicon lists;
    private final Names names;

    Values(Lexicon lists, Names names) {
        this.lists = lists;
        this.names = names;
    }

    public Value draw(String kind, Language language, Dice dice) {
        return switch (kind) {
            case "age" -> age(language, dice);
            case "year" -> free(dice.between(1850, 2030) + (language == Language.ZH ? "年" : ""));
            case "price" -> free(price(language, dice));
            case "number" -> free(String.valueOf(roundish(dice)));
            case "percent" -> free(dice.between(1, 100) + "%");
            case "clock" -> free(clock(language, dice));
            case "floor" -> free(floor(language, dice));
            case "date" -> free(date(language, dice));
            case "span" -> free(span(language, dice));
            case "version" -> free(version(dice));
            case "code" -> free(code(dice));
            case "free" -> free(anything(language, dice));
            case "person", "company", "product" -> free(names.draw(kind, language, dice));
            case "name" -> free(names.draw("being", language, dice));
            case "city" -> free(names.draw("city", language, dice));
            default -> kind.contains(":") ? free(quantity(kind, language, dice)) : listed(kind, language, dice);
        };
    }

    /** Whether the text stands in one of the closed lists: answers that a reader could guess. */
    public boolean listed(String text) {
        return lists.holds(text);
    }

    /** A family's role, its synonyms between slashes. */
    List<String> roles(Language language, String list) {
        return lists.words(language, list);
    }

    private Value listed(String kind, Language language, Dice dice) {
        List<String> words = lists.words(language, kind);
        return dice.chance(REPLACED)
                ? free(names.words(language, dice.between(1, 2), dice))
                : new Value(dice.pick(words), "", true);
    }

    /** People say "10岁" but "10": the years are understood, and said now and then. */
    private static Value age(Language language, Dice dice) {
        int years = dice.between(1, 99);
        return language == Language.ZH ? free(years + "岁") : new Value(String.valueOf(years), " years old", false);
    }

    private String price(Language language, Dice dice) {
        String amount = String.valueOf(roundish(dice));
        return switch (language) {
            case ZH -> dice.chance(.15) ? dice.between(1, 99) + "万元" : amount + dice.pick(List.of("元", "元", "元", "块"));
            case EN -> dice.chance(.2) ? "$" + amount : amount + dice.pick(List.of(" dollars", " dollars", " euros"));
        };
    }

    private static String floor(Language language, Dice dice) {
        int floor = dice.between(1, 30);
        return switch (language) {
            case ZH ->
                floor <= 10 && dice.chance(.5)
                        ? "一二三四五六七八九十".charAt(floor - 1) + "楼"
                        : floor + dice.pick(List.of("楼", "层"));
            case EN -> "floor " + floor;
        };
    }

    /**
     * {@code count:名/人} is a number with a measure word, a bare one in English; {@code measure:米/克=metres/grams} has
     * its unit in both.
     */
    private static String quantity(String kind, Language language, Dice dice) {
        String[] units = kind.substring(kind.indexOf(':') + 1).split("=");
        String number = String.valueOf(roundish(dice));
        if (language == Language.ZH) {
            return number + dice.pick(List.of(units[0].split("/")));
        }
        return units.length < 2 ? number : number + " " + dice.pick(List.of(units[1].split("/")));
    }

    private static Value free(String text) {
        return new Value(text, "", false);
    }

    private static int roundish(Dice dice) {
        int digits = dice.between(1, 5);
        int number = dice.between((int) Math.pow(10, digits - 1), (int) Math.pow(10, digits) - 1);
        return digits > 2 && dice.chance(.5) ? number / 100 * 100 : number;
    }

    private String date(Language language, Dice dice) {
        int day = dice.between(1, 28);
        int month = dice.between(1, 12);
        String year = String.valueOf(dice.between(1950, 2035));
        if (language == Language.ZH) {
            return (dice.chance(.4) ? year + "年" : "") + month + "月" + day + (dice.chance(.9) ? "日" : "号");
        }
        String name = lists.words(language, "month").get(month - 1);
        String date = dice.chance(.6) ? name + " " + day : day + " " + name;
        return dice.chance(.3) ? date + ", " + year : date;
    }

    private String span(Language language, Dice dice) {
        String unit = dice.pick(lists.words(language, "unit"));
        return dice.between(2, 99) + (language == Language.ZH ? unit : " " + unit);
    }

    private static String version(Dice dice) {
        return dice.between(0, 12) + "." + dice.between(0, 30) + (dice.chance(.3) ? "." + dice.between(0, 9) : "");
    }

    private String code(Dice dice) {
        StringBuilder code = new StringBuilder(dice.chance(.3) ? dice.pick(names.letters()) : "");
        int digits = dice.chance(.9) ? dice.between(3, 6) : dice.between(7, 11);
        for (int i = 0; i < digits; i++) {
            code.append(dice.between(0, 9));
        }
        return code.toString();
    }

    private static String clock(Language language, Dice dice) {
        String hour = String.valueOf(dice.between(1, 12));
        if (dice.chance(.3)) {
            return dice.between(0, 23) + ":" + dice.between(10, 59);
        }
        return switch (language) {
            case ZH -> dice.pick(List.of("", "", "早上", "上午", "下午", "晚上")) + hour + "点" + (dice.chance(.2) ? "半" : "");
            case EN -> hour + dice.pick(List.of(" o'clock", " o'clock", " am", " pm", " in the morning"));
        };
    }

    /** Whatever an answer may be: free words most of all. */
    private String anything(Language language, Dice dice) {
        return switch (dice.between(0, 15)) {
            case 0 -> names.draw("person", language, dice);
            case 1 -> names.draw("company", language, dice);
            case 2 -> names.draw("city", language, dice);
            case 3 -> date(language, dice);
            case 4 -> span(language, dice);
            case 5 -> String.valueOf(roundish(dice));
            case 6 -> quantity(ANY_UNIT, language, dice);
            case 7 -> code(dice);
            case 8 -> clock(language, dice);
            case 9 -> names.draw("product", language, dice);
            case 10 ->
                dice.pick(lists.words(language, dice.pick(List.of("food", "color", "job", "play", "place", "animal"))));
            default -> names.words(language, dice.between(1, dice.chance(.8) ? 2 : 4), dice);
        };
    }
}
