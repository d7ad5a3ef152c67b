package io.loremesh.lab.practice;

import io.loremesh.lab.world.World;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.model.answer.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the same in other words, by four kinds of rule: the name alone of somebody who is introduced by a role ("the cat
 * Kim"), the other forms of a relation that the generator knows, rewriting of question words and word order
 * ({@code rephrasings.txt}), and synonyms of family roles.
 */
final class Rephrasing {

    private static final String RULES = "rephrasings.txt";

    /** Rules on what rules made: "What is X's R?", "What is the R of X?", "Tell me the R of X." */
    private static final int ROUNDS = 2;

    /** More phrasings than this are each asked too seldom to be learned. */
    private static final int MOST_REWRITTEN = 40;

    /** A form met only by rewriting must be plain: "X叫什么" would make a name of everything. */
    private static final int LEAST_OWN_LETTERS_ZH = 5; // the question mark among them

    private static final int LEAST_OWN_LETTERS_EN = 12;

    /** Kinds of subjects that go by a role and a name; "朋友圈公司" is no friend. */
    private static final Set<String> NAMED = Set.of("person", "pet", "being");

    private record Rule(Pattern pattern, String replacement) {}

    private final World world;
    private final QuestionForms known;
    private final Language language;
    private final List<Rule> rules;
    private final Pattern introduced;

    Rephrasing(World world, QuestionForms known, Language language) {
        this.world = world;
        this.known = known;
        this.language = language;
        this.rules = rules(language);
        this.introduced = introduced(world, language);
    }

    /** Texts that ask what the given ones ask; none of the given ones among them. */
    List<String> of(List<String> given) {
        Map<String, String> made = new LinkedHashMap<>(); // by normalised text
        addAll(made, given);
        given.forEach(text -> addAll(made, byName(text)));
        List<String> sources = List.copyOf(made.values());
        for (String text : sources) {
            known.recognise(text, language).ifPresent(form -> addAll(made, form.ask(form.subject())));
        }
        Collection<String> last = sources;
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> next = new LinkedHashMap<>();
            last.forEach(text -> addAll(next, rewritten(text)));
            next.keySet().removeAll(made.keySet());
            next.values().stream().limit(MOST_REWRITTEN).forEach(text -> addAll(made, List.of(text)));
            last = next.values();
        }
        if (given.stream().noneMatch(text -> known.recognise(text, language).isPresent())) {
            int leastOwn = language == Language.ZH ? LEAST_OWN_LETTERS_ZH : LEAST_OWN_LETTERS_EN;
            for (String text : List.copyOf(made.values())) {
                known.recognise(text, language)
                        .filter(form -> text.length() - form.subject().length() > leastOwn)
                        .ifPresent(form -> addAll(made, form.ask(form.subject())));
            }
        }
        for (String text : List.copyOf(made.values())) {
            addAll(made, synonymous(text));
        }
        given.forEach(text -> made.remove(AnswerText.normalise(text)));
        return List.copyOf(made.values());
    }

    private List<String> byName(String text) {
        return known
                .recognise(text, language)
                .filter(form -> NAMED.contains(form.relation().subjectKind()))
                .stream()
                .flatMap(form -> introduced
                        .matcher(form.subject())
                        .results()
                        .map(name -> text.replace(form.subject(), name.group(1))))
                .toList();
    }

    private List<String> rewritten(String text) {
        return rules.stream()
                .filter(rule -> rule.pattern().matcher(text).find())
                .map(rule -> rule.pattern().matcher(text).replaceFirst(rule.replacement()))
                .toList();
    }

    /** The text with one family role called by its other names. */
    private List<String> synonymous(String text) {
        List<String> others = new ArrayList<>();
        for (List<String> group : Stream.of("role", "pet-role")
                .flatMap(list -> world.roles(language, list).stream())
                .toList()) {
            group.stream()
                    .filter(role -> role.length() > 1 && at(text, role) >= 0)
                    .max((a, b) -> a.length() - b.length())
                    .ifPresent(role -> group.stream()
                            .filter(other -> other.length() > 1 && !other.equals(role))
                            .forEach(other -> others.add(text.substring(0, at(text, role))
                                    + other
                                    + text.substring(at(text, role) + role.length()))));
        }
        return others;
    }

    /** Where the role stands as a word of its own, or -1. */
    private int at(String text, String role) {
        if (language == Language.ZH) {
            return text.indexOf(role);
        }
        var matcher = Pattern.compile("\\b" + Pattern.quote(role) + "\\b").matcher(text);
        return matcher.find() ? matcher.start() : -1;
    }

    private static void addAll(Map<String, String> made, Collection<String> texts) {
        texts.forEach(text -> made.putIfAbsent(AnswerText.normalise(text), text));
    }

    /** A role and the name after it, which is the only group. */
    private static Pattern introduced(World world, Language language) {
        String roles = Stream.of("role", "pet-role")
                .flatMap(list -> world.roles(language, list).stream())
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .collect(Collectors.joining("|", "(?:", ")"));
        return Pattern.compile(
                language == Language.ZH
                        ? "^(?:.*的)?" + roles + "(?!" + roles + ")([^的]{2,})$"
                        : "^(?:.* )?" + roles + " (\\p{Lu}[\\w-]*(?: \\p{Lu}[\\w-]*)*)$");
    }

    private static List<Rule> rules(Language language) {
        String prefix = language.name().toLowerCase(Locale.ROOT) + " ";
        try (InputStream in = Rephrasing.class.getResourceAsStream(RULES)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).split(" => ", 2))
                    .map(rule -> new Rule(Pattern.compile(rule[0]), rule[1].strip()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The rules of rephrasing cannot be read from the lab's jar", e);
        }
    }
}
