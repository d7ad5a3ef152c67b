package io.loremesh.trainer.dataset.practice;

import io.loremesh.model.answer.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A question as hardly more than whom it is about and what is asked ("Nora, age"), in several orders: so that an answer
 * hangs on these, however the words around them are put.
 */
public final class KeyWords {

    private static final String LIST = "function-words.txt";
    private static final Pattern PIECE_EN = Pattern.compile("(?:[A-Z][\\w-]*)(?: [A-Z][\\w-]*)*|[\\w-]+");
    private static final Pattern FUNCTION_EN = Pattern.compile(
            words(Language.EN).stream().collect(Collectors.joining("|", "(?i)\\b(?:", ")\\b|['’]s\\b|[^\\w\\s-]")));
    private static final Pattern FUNCTION_ZH = Pattern.compile(words(Language.ZH).stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .collect(Collectors.joining("|", "(?:", ")|\\p{P}")));

    private KeyWords() {}

    /** The key words in each order; empty where the question is one single key word. */
    public static List<String> of(String question, Language language) {
        List<String> pieces = language == Language.ZH ? chinese(question) : english(question);
        if (pieces.size() < 2) {
            return List.of();
        }
        List<List<String>> orders = new ArrayList<>();
        orders.add(pieces);
        orders.add(pieces.reversed());
        for (int turn = 1; turn < pieces.size(); turn++) {
            List<String> turned = new ArrayList<>(pieces);
            Collections.rotate(turned, turn);
            orders.add(turned);
        }
        String mark = language == Language.ZH ? "？" : "?";
        String comma = language == Language.ZH ? "，" : ", ";
        String space = language == Language.ZH ? "" : " ";
        return orders.stream()
                .flatMap(order -> List.of(String.join(space, order) + mark, String.join(comma, order)).stream())
                .distinct()
                .toList();
    }

    /** Whether the text holds a word that its meaning rests on. */
    public static boolean any(String text, Language language) {
        return !(language == Language.ZH ? chinese(text) : english(text)).isEmpty();
    }

    private static List<String> chinese(String question) {
        return Arrays.stream(FUNCTION_ZH.split(question))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    private static List<String> english(String question) {
        List<String> pieces = new ArrayList<>();
        for (String run : FUNCTION_EN.split(question)) {
            Matcher piece = PIECE_EN.matcher(run);
            while (piece.find()) {
                pieces.add(piece.group());
            }
        }
        return pieces;
    }

    private static List<String> words(Language language) {
        String prefix = language.name().toLowerCase(Locale.ROOT) + " ";
        try (InputStream in = KeyWords.class.getResourceAsStream(LIST)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .flatMap(line ->
                            Arrays.stream(line.substring(prefix.length()).split(" ")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The function words cannot be read from the trainer's jar", e);
        }
    }
}
