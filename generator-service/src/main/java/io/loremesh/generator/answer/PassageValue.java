package io.loremesh.generator.answer;

import io.loremesh.model.answer.AnswerKey;
import io.loremesh.model.answer.PlainText;
import io.loremesh.model.answer.StatedAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds what a model read against the passage that it read. A value stands in a passage whole, or it was not read
 * there: "3" is
 * not what "3.99" states, nor "b@example" what "a.b@example.org" does. Immutable; safe for concurrent use.
 */
final class PassageValue {
    private static final String WORD = "[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]";
    private static final Pattern REST_OF_RUN =
            Pattern.compile(WORD + "*(?:[.,:@_/&'+^-]+" + WORD + "+)*[#+]*(?: ?[%‰])?[百千万亿]?");
    private static final Pattern RUN = Pattern.compile(WORD + "+(?:[.,:@_/&'+^-]+" + WORD + "+)*[#+%‰]*");
    private static final Pattern VALUE_START =
            Pattern.compile("(?<![\\p{N}\\p{L}&&[^\\p{IsHan}]])(?:[-+€£$¥]?\\p{Nd}|[〇零一二两三四五六七八九十百半])"
                    + "|(?<!\\p{L})[\\p{L}&&[^\\p{IsHan}]]");
    private static final Pattern END_MARKS = Pattern.compile("[\\s.。!！?？,，;；:：、…]+$");
    private static final Pattern QUANTITY = Pattern.compile("<[^<>]+>");
    /** What a reader of plain text can be given for these would be another value: 10² is not 102. */
    private static final Pattern KEPT = Pattern.compile("[⁰¹²³⁴-⁹⁺⁻¼-¾⅐-⅞]");

    private static final String JOINTS = ".,:@_/&'+^-";
    private static final String HAN_NUMERALS = "〇零一二两三四五六七八九十百千万亿";
    private static final Map<Character, Character> QUOTES =
            Map.of('“', '”', '「', '」', '『', '』', '《', '》', '〈', '〉', '«', '»', '„', '“', '（', '）', '【', '】', '"', '"');
    /** The longest unit looked for behind a number, and how much longer than its spelling a value may be spelled. */
    private static final int UNIT = 24;

    private final String passage;
    private final String folded;
    /** Where each character of the folded passage begins and ends in the passage. */
    private final int[] begins;

    private final int[] ends;

    private PassageValue(String passage) {
        this.passage = passage;
        StringBuilder text = new StringBuilder();
        List<int[]> places = new ArrayList<>();
        for (int at = 0; at < passage.length(); ) {
            int end = at + Character.charCount(passage.codePointAt(at));
            while (end < passage.length() && isMark(passage.codePointAt(end))) {
                end += Character.charCount(passage.codePointAt(end));
            }
            String plain = fold(passage.substring(at, end));
            for (int i = 0; i < plain.length(); i++) {
                places.add(new int[] {at, end});
            }
            text.append(plain);
            at = end;
        }
        this.folded = text.toString();
        this.begins = places.stream().mapToInt(place -> place[0]).toArray();
        this.ends = places.stream().mapToInt(place -> place[1]).toArray();
    }

    /**
     * The value that was read, spelled as the passage spells it.
     *
     * @param read what the model answers
     * @return empty where the passage does not state it whole, and no single value of the passage begins with it either
     */
    static Optional<String> in(String passage, String read) {
        String sought = END_MARKS.matcher(read.strip()).replaceAll("");
        return sought.isEmpty() ? Optional.empty() : new PassageValue(passage).find(sought);
    }

    /**
     * Whether a sentence of the model's own says nothing but what the texts hold: each name and each value in it
     * stands in one
     * of them whole, and so does each Chinese character.
     */
    static boolean saysOnly(String sentence, List<String> texts) {
        List<PassageValue> held = texts.stream().map(PassageValue::new).toList();
        Matcher runs = RUN.matcher(sentence);
        boolean first = true;
        while (runs.find()) {
            String run = runs.group();
            boolean name = !first && Character.isUpperCase(run.codePointAt(0));
            boolean value = !run.codePoints().allMatch(c -> Character.isLetter(c) || isMark(c));
            if ((name || value)
                    && held.stream().noneMatch(text -> text.find(run).isPresent())) {
                return false;
            }
            first = false;
        }
        return fold(sentence).codePoints().filter(Character::isIdeographic).allMatch(c -> held.stream()
                .anyMatch(text -> text.folded.indexOf(c) >= 0));
    }

    private Optional<String> find(String sought) {
        String needle = fold(sought);
        if (needle.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> extended = new HashMap<>();
        boolean occurs = false;
        for (int at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1)) {
            occurs = true;
            int begin = begins[at];
            int end = ends[at + needle.length() - 1];
            if (isWhole(begin, end)) {
                return Optional.of(passage.substring(begin, end));
            }
            wholeFrom(begin, end).ifPresent(value -> extended.putIfAbsent(AnswerKey.of(value), value));
        }
        if (occurs) {
            // Two values that begin so: which of them was read nobody can tell.
            return extended.size() == 1
                    ? Optional.of(extended.values().iterator().next())
                    : Optional.empty();
        }
        return spelledOtherwise(sought);
    }

    private boolean isWhole(int begin, int end) {
        String span = passage.substring(begin, end);
        return StatedAnswer.in(passage, span)
                && closing(begin, end) < 0
                && !cutsRun(begin, end)
                && !cutsNumeral(begin, end);
    }

    /** .2 is not what 474.2 states: a mark that joins is no beginning, and no end, inside its run. */
    private boolean cutsRun(int begin, int end) {
        return begin > 0 && isRun(begin - 1) && JOINTS.indexOf(passage.charAt(begin)) >= 0
                || end < passage.length() && isRun(end) && JOINTS.indexOf(passage.charAt(end - 1)) >= 0;
    }

    private boolean isRun(int at) {
        return Character.isLetterOrDigit(passage.charAt(at)) && !Character.isIdeographic(passage.charAt(at));
    }

    /** 三 is not what 三十二 states, nor 4.5 what 4.5千瓦 does. */
    private boolean cutsNumeral(int begin, int end) {
        boolean before = begin > 0 && isHanNumeral(begin - 1) && isHanNumeral(begin);
        boolean after = end < passage.length()
                && isHanNumeral(end)
                && (isHanNumeral(end - 1) || Character.isDigit(passage.charAt(end - 1)));
        boolean decimal = end + 1 < passage.length()
                && passage.charAt(end) == '点'
                && isHanNumeral(end - 1)
                && isHanNumeral(end + 1);
        return before || after || decimal;
    }

    private boolean isHanNumeral(int at) {
        return HAN_NUMERALS.indexOf(passage.charAt(at)) >= 0;
    }

    /** Where the quotation ends that opens at the span's start and is not closed in it; -1 if there is none. */
    private int closing(int begin, int end) {
        Character close = QUOTES.get(passage.charAt(begin));
        return close == null || passage.substring(begin + 1, end).indexOf(close) >= 0
                ? -1
                : passage.indexOf(close, end);
    }

    /** The value that begins there and of which the span is a part; empty where that is no value, or begins before. */
    private Optional<String> wholeFrom(int begin, int end) {
        int close = closing(begin, end);
        if (close >= 0) {
            return Optional.of(passage.substring(begin, close + 1));
        }
        Matcher run = REST_OF_RUN.matcher(passage).region(end, passage.length());
        int whole = run.lookingAt() ? run.end() : end;
        String value = passage.substring(begin, whole);
        if (value.codePoints().noneMatch(Character::isDigit) && value.indexOf('@') < 0) {
            return Optional.empty();
        }
        for (int unit = Math.min(passage.length(), whole + UNIT); unit > end; unit--) {
            String quantity = passage.substring(begin, unit);
            if (quantity.equals(quantity.stripTrailing())
                    && !END_MARKS.matcher(quantity).find()
                    && QUANTITY.matcher(AnswerKey.of(quantity)).matches()
                    && StatedAnswer.in(passage, quantity)) {
                return Optional.of(quantity);
            }
        }
        return whole > end && isWhole(begin, whole) ? Optional.of(value) : Optional.empty();
    }

    /** 12 kg is what 十二公斤 states. */
    private Optional<String> spelledOtherwise(String sought) {
        String key = AnswerKey.of(sought);
        if (key.codePoints().noneMatch(Character::isDigit)) {
            return Optional.empty();
        }
        Matcher starts = VALUE_START.matcher(passage);
        for (int from = 0; starts.find(from); from = starts.start() + 1) {
            int begin = starts.start();
            int most = Math.min(passage.length(), begin + sought.length() + UNIT);
            for (int end = most; end > begin; end--) {
                String span = passage.substring(begin, end);
                if (!END_MARKS.matcher(span).find() && AnswerKey.of(span).equals(key) && isWhole(begin, end)) {
                    return Optional.of(span);
                }
            }
        }
        return Optional.empty();
    }

    /** Without white space, which tokenizers put where they like, and without case. */
    private static String fold(String text) {
        StringBuilder plain = new StringBuilder();
        int from = 0;
        Matcher kept = KEPT.matcher(text);
        while (kept.find()) {
            plain.append(PlainText.of(text.substring(from, kept.start()))).append(kept.group());
            from = kept.end();
        }
        return plain.append(PlainText.of(text.substring(from)))
                .toString()
                .replace(" ", "")
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
