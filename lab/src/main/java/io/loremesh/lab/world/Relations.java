package io.loremesh.lab.world;

import io.loremesh.lab.world.Relation.Origin;
import io.loremesh.model.answer.Language;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the relations with their phrasings, split by the template seed: those written out, the attributes, and the
 * frames of open ones.
 */
final class Relations {

    static final List<String> RESOURCES =
            List.of("relations/people.txt", "relations/organisations.txt", "relations/rules-and-systems.txt");
    static final String ATTRIBUTES = "attributes.txt";
    static final String FRAMES = "frames.txt";

    private final long templateSeed;

    Relations(long templateSeed) {
        this.templateSeed = templateSeed;
    }

    /** Those whose sentences are written out: blocks of {@code [id subject value changing?]} and lines of templates. */
    List<Relation> written() {
        List<Relation> relations = new ArrayList<>();
        for (String resource : RESOURCES) {
            List<String> block = new ArrayList<>();
            for (String line : Lexicon.lines(resource)) {
                if (line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith("[") && !block.isEmpty()) {
                    relations.add(written(block));
                    block.clear();
                }
                block.add(line);
            }
            relations.add(written(block));
        }
        return List.copyOf(relations);
    }

    /**
     * Each line {@code id | subjects | value | class | zh synonyms | en synonyms}, for each kind of subject, in every
     * frame of its class.
     */
    List<Relation> attributes() {
        Lexicon frames = Lexicon.read(FRAMES);
        List<Relation> relations = new ArrayList<>();
        for (String line : Lexicon.lines(ATTRIBUTES)) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(" \\| ");
            if (fields.length != 6) {
                throw new IllegalArgumentException(
                        "%s: '%s' has %d fields; write id | subjects | value | class | zh … | en …"
                                .formatted(ATTRIBUTES, line, fields.length));
            }
            Map<Language, List<String>> nouns =
                    Map.of(Language.ZH, synonyms("zh ", fields[4]), Language.EN, synonyms("en ", fields[5]));
            Map<Language, Phrasings> phrasings = new EnumMap<>(Language.class);
            nouns.forEach((language, words) -> phrasings.put(
                    language,
                    Phrasings.split(
                            framed(frames, language, fields[3] + "?", words),
                            List.of(),
                            framed(frames, language, fields[3] + "=", words),
                            framed(frames, language, fields[3] + "<", words),
                            List.of(),
                            templateSeed)));
            for (String subject : fields[1].split("/")) {
                relations.add(new Relation(
                        "attribute " + fields[0],
                        Origin.ATTRIBUTE,
                        subject,
                        fields[2],
                        false,
                        "",
                        nouns,
                        Map.copyOf(phrasings)));
            }
        }
        return List.copyOf(relations);
    }

    /** The relations without the training questions that another of them holds back in the same words. */
    static List<Relation> withoutHeldBack(List<Relation> relations) {
        Set<String> heldBack = relations.stream()
                .flatMap(relation -> relation.phrasings().values().stream())
                .flatMap(Phrasings::heldBack)
                .collect(Collectors.toSet());
        return relations.stream().map(relation -> relation.without(heldBack)).toList();
    }

    /** The frames that open relations share, by language. */
    Map<Language, Phrasings> openFrames() {
        return phrasings(Lexicon.lines(FRAMES));
    }

    private static List<String> synonyms(String language, String field) {
        if (!field.startsWith(language)) {
            throw new IllegalArgumentException(
                    "%s: '%s' should begin with '%s'".formatted(ATTRIBUTES, field, language));
        }
        return List.of(field.substring(language.length()).strip().split("/"));
    }

    private static List<Template> framed(Lexicon frames, Language language, String kind, List<String> words) {
        List<Template> templates = new ArrayList<>();
        for (String frame : frames.words(language, kind)) {
            for (String word : words) {
                templates.add(Template.of(frame.replace("{r}", word)));
            }
        }
        return List.copyOf(templates);
    }

    private Relation written(List<String> block) {
        String header = block.getFirst();
        String[] head = header.substring(1, header.length() - 1).split(" ");
        return new Relation(
                head[0],
                Origin.WRITTEN,
                head[1],
                head[2],
                head.length > 3 && head[3].equals("changing"),
                "",
                Map.of(),
                phrasings(block));
    }

    private Map<Language, Phrasings> phrasings(List<String> lines) {
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
            String code = language.name().toLowerCase(Locale.ROOT) + " ";
            phrasings.put(
                    language,
                    Phrasings.split(
                            byMark.getOrDefault(code + "?", List.of()),
                            byMark.getOrDefault(code + "+", List.of()),
                            byMark.getOrDefault(code + "=", List.of()),
                            byMark.getOrDefault(code + "<", List.of()),
                            byMark.getOrDefault(code + "!", List.of()),
                            templateSeed));
        }
        return Map.copyOf(phrasings);
    }
}
