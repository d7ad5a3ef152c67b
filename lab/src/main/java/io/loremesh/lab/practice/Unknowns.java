package io.loremesh.lab.practice;

import io.loremesh.lab.curriculum.ClosedBook;
import io.loremesh.lab.curriculum.Question;
import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.practice.KeyWords;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Questions that nobody has told the model the answer to, and the abstention they deserve. Most are neighbours of what
 * is being learned: the same relation of an absent relative, of a similar or a fresh name; or, where the relation is
 * not one that is known, the same words with another name. Without them a fine-tune learns to
 * answer everything; without neighbours it learns to answer everything of that kind.
 */
final class Unknowns {

    /**
     * Of the refusals, those close to the facts: at a third of them neighbours were answered, at seven in ten facts
     * refused in new words.
     */
    private static final double NEIGHBOURS = .6;

    /** Of those, asked in key words, as facts are: or few words alone would be reason to answer. */
    private static final double KEY_WORDS = .15;

    /** What stands before the first 的, or an English proper name that does not begin the sentence. */
    private static final Pattern NAME =
            Pattern.compile("^\\p{IsHan}[^的]+(?=的)|(?<=[a-z] )[A-Z][\\w-]*(?: [A-Z][\\w-]*)*");

    private static final int TRIES = 100;

    private final World world;
    private final Phrasebook phrasebook;
    private final List<RunFact> facts;
    private final List<RunFact> formless;
    private final Set<String> asked;
    private final Set<String> unheard;
    private final Set<String> taughtSubjects;
    private final Map<Language, List<List<String>>> taughtRoles;
    private final ClosedBook strangers;

    Unknowns(World world, Phrasebook phrasebook, List<RunFact> facts) {
        this.world = world;
        this.phrasebook = phrasebook;
        this.facts =
                facts.stream().filter(fact -> phrasebook.form(fact).isPresent()).toList();
        this.formless = facts.stream()
                .filter(fact -> phrasebook.form(fact).isEmpty())
                .filter(fact -> named(fact.question()).isPresent())
                .toList();
        this.asked = phrasebook.asked();
        this.unheard = unheard();
        List<QuestionForm> taught = this.facts.stream()
                .map(fact -> phrasebook.form(fact).orElseThrow())
                .toList();
        this.taughtSubjects = taught.stream()
                .map(form -> form.subject().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        this.taughtRoles = Arrays.stream(Language.values())
                .collect(Collectors.toMap(Function.identity(), language -> rolesOf(taught, language)));
        this.strangers = new ClosedBook(world, 1, Wording.WIDE);
    }

    Row next(Dice dice) {
        for (int tries = 0; tries < TRIES; tries++) {
            Row row = dice.chance(NEIGHBOURS) ? neighbour(dice) : stranger(dice);
            if (!asksOfTheFacts(row.question())) {
                return row;
            }
        }
        return stranger(dice); // a taught subject as short as "I" stands in nearly every question
    }

    private Row stranger(Dice dice) {
        Question question = dice.pick(
                strangers.draw(dice.pick(List.of(Language.values())), dice).questions());
        return Row.closedBook(question.text(), question.expected());
    }

    private Row neighbour(Dice dice) {
        int known = facts.size() + formless.size();
        if (known == 0) {
            return stranger(dice);
        }
        int place = dice.between(0, known - 1);
        return place < facts.size()
                ? neighbour(facts.get(place), dice)
                : namesake(formless.get(place - facts.size()), dice);
    }

    /** A question of no known form, asked of a like or a fresh name. */
    private Row namesake(RunFact fact, Dice dice) {
        String text = dice.chance(.5) || phrasebook.made(fact).isEmpty()
                ? dice.pick(fact.trained())
                : dice.pick(phrasebook.made(fact));
        String subject = named(fact.question()).orElseThrow();
        String other = dice.chance(.3)
                ? world.names().similar(subject, dice)
                : world.names().draw(dice.pick(List.of("person", "company", "product")), fact.spoken(), dice);
        return text.contains(subject)
                ? Row.closedBook(text.replace(subject, other), Abstention.phrase(fact.spoken()))
                : stranger(dice);
    }

    private static Optional<String> named(String question) {
        Matcher name = NAME.matcher(question);
        return name.find() ? Optional.of(name.group()) : Optional.empty();
    }

    private Row neighbour(RunFact fact, Dice dice) {
        QuestionForm form = phrasebook.form(fact).orElseThrow();
        Language language = form.language();
        double kind = dice.random().nextDouble();
        // Somebody who was never mentioned, asked what a known one is asked, or something else altogether.
        Relation relation = kind < .75 ? form.relation() : dice.pick(kin(form));
        boolean role = kind < .4 || relation.subjectKind().equals("role");
        String subject = role
                ? world.role(language, dice)
                : kind < .6 ? world.names().similar(form.subject(), dice) : world.subject(relation, language, dice);
        QuestionForm unknown = new QuestionForm(relation, subject, language);
        String question = dice.pick(unknown.ask(subject).stream()
                .filter(text -> !unheard.contains(form(text, subject)))
                .toList());
        List<String> keyWords = dice.chance(KEY_WORDS) ? KeyWords.of(question, language) : List.of();
        return Row.closedBook(keyWords.isEmpty() ? question : dice.pick(keyWords), Abstention.phrase(language));
    }

    /**
     * The forms that a fact holds out and none is asked in. Nobody is refused in them: heard in refusals alone, a form
     * would be taken for a reason to refuse, and it would no longer measure what a run does with words that it never
     * met.
     */
    private Set<String> unheard() {
        Set<String> forms = new HashSet<>();
        for (RunFact fact : facts) {
            fact.heldout().forEach(text -> forms.add(form(text, subject(fact))));
        }
        for (RunFact fact : facts) {
            Stream.concat(fact.trained().stream(), phrasebook.made(fact).stream())
                    .forEach(text -> forms.remove(form(text, subject(fact))));
        }
        return Set.copyOf(forms);
    }

    private String subject(RunFact fact) {
        return phrasebook.form(fact).orElseThrow().subject();
    }

    /** The question without its subject. */
    private static String form(String question, String subject) {
        return AnswerText.normalise(question).replace(AnswerText.normalise(subject), "\0");
    }

    private List<Relation> kin(QuestionForm form) {
        String kind = form.relation().subjectKind();
        return world.relationsOf(kind.equals("role") || kind.equals("being") ? "person" : kind);
    }

    /** Whether the question is one of the facts', or about one of their subjects: those are never refused here. */
    private boolean asksOfTheFacts(String question) {
        if (asked.contains(AnswerText.normalise(question))) {
            return true;
        }
        String lower = question.toLowerCase(Locale.ROOT);
        return taughtSubjects.stream().anyMatch(lower::contains)
                || Arrays.stream(Language.values()).anyMatch(language -> asksOfATaughtRole(question, language));
    }

    private boolean asksOfATaughtRole(String question, Language language) {
        List<List<String>> roles = taughtRoles.get(language);
        return !roles.isEmpty()
                && phrasebook
                        .known()
                        .recognise(question, language)
                        .filter(form -> roles.stream().anyMatch(synonyms -> isOne(form.subject(), synonyms)))
                        .isPresent();
    }

    /** The roles that are taught of, each with its synonyms: "爸爸" asked of is "父亲" asked of, whoever's he is. */
    private List<List<String>> rolesOf(List<QuestionForm> taught, Language language) {
        return Stream.of("role", "pet-role")
                .flatMap(list -> world.roles(language, list).stream())
                .filter(synonyms -> taught.stream()
                        .anyMatch(form -> form.language() == language && isOne(form.subject(), synonyms)))
                .toList();
    }

    private static boolean isOne(String subject, List<String> synonyms) {
        return synonyms.stream().anyMatch(subject::endsWith);
    }
}
