package io.loremesh.lab.world;

import io.loremesh.model.answer.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists of words that the world is made of: lines of {@code language kind = a|b|c} in a resource beside this class.
 */
final class Lexicon {

    private final Map<String, List<String>> lists = new LinkedHashMap<>();
    private final String resource;

    private Lexicon(String resource) {
        this.resource = resource;
    }

    static Lexicon read(String resource) {
        Lexicon lexicon = new Lexicon(resource);
        for (String line : lines(resource)) {
            int equals = line.indexOf(" = ");
            if (!line.startsWith("#") && equals > 0) {
                lexicon.lists.put(
                        line.substring(0, equals),
                        List.of(line.substring(equals + 3).split("\\|", -1)));
            }
        }
        return lexicon;
    }

    boolean has(Language language, String kind) {
        return lists.containsKey(key(language, kind));
    }

    List<String> words(Language language, String kind) {
        List<String> words = lists.get(key(language, kind));
        if (words == null) {
            throw new IllegalArgumentException(
                    "%s has no list '%s'; add the line '%2$s = …'".formatted(resource, key(language, kind)));
        }
        return words;
    }

    boolean holds(String word) {
        return lists.values().stream().anyMatch(words -> words.contains(word));
    }

    /** A list written as one run of characters, such as Chinese surnames. */
    List<String> characters(Language language, String kind) {
        return words(language, kind)
                .getFirst()
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
    }

    private static String key(Language language, String kind) {
        return (language == Language.ZH ? "zh " : "en ") + kind;
    }

    static List<String> lines(String resource) {
        try (InputStream in = Lexicon.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The world's resource " + resource + " is missing from the class path");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the world's resource " + resource, e);
        }
    }
}
