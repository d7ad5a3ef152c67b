package io.loremesh.evaluation.world;

import io.loremesh.model.prompt.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code relations.txt} and {@code frames.txt}: every relation with its phrasings, split by the template seed. */
final class Relations {

    private Relations() {}

    static List<Relation> read(long templateSeed) {
        List<Relation> relations = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : Lexicon.lines("relations.txt")) {
            if (line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[") && !block.isEmpty()) {
                relations.add(relation(block, templateSeed));
                block.clear();
            }
            block.add(line);
        }
        relations.add(relation(block, templateSeed));
        return List.copyOf(relations);
    }

    /** The frames that open relations share, by language. */
    static Map<Language, Phrasings> frames(long templateSeed) {
        return phrasings(Lexicon.lines("frames.txt"), templateSeed);
    }

    private static Relation relation(List<String> block, long templateSeed) {
        String[] head =
                block.getFirst().substring(1, block.getFirst().length() - 1).split(" ");
        return new Relation(head[0], head[1], head[2], "", phrasings(block, templateSeed));
    }

    private static Map<Language, Phrasings> phrasings(List<String> lines, long templateSeed) {
        Map<String, List<Template>> byMark = new HashMap<>();
        for (String line : lines) {
            if (line.length() > 5 && line.charAt(2) == ' ' && line.charAt(4) == ' ') {
                byMark.put(
                        line.substring(0, 4),
                        List.of(line.substring(5).split("\\|")).stream()
                                .map(Template::of)
                                .toList());
            }
        }
        Map<Language, Phrasings> phrasings = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            String code = language.name().toLowerCase(java.util.Locale.ROOT) + " ";
            phrasings.put(
                    language,
                    Phrasings.split(
                            byMark.getOrDefault(code + "?", List.of()),
                            byMark.getOrDefault(code + "=", List.of()),
                            byMark.getOrDefault(code + "<", List.of()),
                            byMark.getOrDefault(code + "!", List.of()),
                            templateSeed));
        }
        return phrasings;
    }
}
