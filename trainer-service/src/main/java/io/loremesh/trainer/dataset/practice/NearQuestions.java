package io.loremesh.trainer.dataset.practice;

import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RunFact;
import io.loremesh.trainer.dataset.Taught;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Questions close to the facts that none of them answers: the same words about a name like a taught one, and about a
 * taught subject of whom nothing of the kind is known.
 */
final class NearQuestions {

    /** What stands before the first 的, or an English proper name that does not begin the sentence. */
    private static final Pattern NAME =
            Pattern.compile("^\\p{IsHan}[^的]+(?=的)|(?<=[a-z] )[A-Z][\\w-]*(?: [A-Z][\\w-]*)*");

    private static final double MISSING = .3;
    private static final int TRIES = 100;

    private final List<RunFact> facts;
    private final Wordings wordings;
    private final Map<String, List<RunFact>> subjects; // by name

    NearQuestions(Taught taught, Wordings wordings) {
        this.facts = taught.all();
        this.wordings = wordings;
        this.subjects = facts.stream()
                .filter(fact -> named(fact.question()).isPresent())
                .collect(Collectors.groupingBy(
                        fact -> named(fact.question()).orElseThrow(), TreeMap::new, Collectors.toList()));
    }

    Row next(Dice dice) {
        for (int tries = 0; tries < TRIES; tries++) {
            RunFact fact = dice.pick(facts);
            Optional<String> question = near(fact, dice);
            if (question.isPresent() && !wordings.asksForAFact(question.get())) {
                return Row.closedBook(question.get(), Abstention.phrase(fact.spoken()));
            }
        }
        Language language = dice.pick(facts).spoken();
        return Row.closedBook(ofAStranger(language, dice), Abstention.phrase(language));
    }

    /** The fact's question about somebody else; empty where it names nobody, or everybody has what it asks for. */
    private Optional<String> near(RunFact fact, Dice dice) {
        String text = wordings.draw(fact, dice);
        return named(fact.question()).filter(text::contains).flatMap(subject -> {
            Optional<String> other = dice.chance(MISSING)
                    ? lacking(fact, dice)
                    : Optional.of(NearNames.like(subject, dice)).filter(name -> !subjects.containsKey(name));
            return other.map(name -> text.replace(subject, name));
        });
    }

    /**
     * A taught subject whose answers are all of another kind than the fact's: of whom only words are known, no number
     * is. Of the same kind, one of them might be the answer in other words.
     */
    private Optional<String> lacking(RunFact fact, Dice dice) {
        List<String> others = subjects.entrySet().stream()
                .filter(subject -> subject.getValue().stream()
                        .allMatch(known -> known.spoken() == fact.spoken() && isNumber(known) != isNumber(fact)))
                .map(Map.Entry::getKey)
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(dice.pick(others));
    }

    private static boolean isNumber(RunFact fact) {
        return fact.answer().chars().anyMatch(Character::isDigit);
    }

    private static Optional<String> named(String question) {
        Matcher name = NAME.matcher(question);
        return name.find() ? Optional.of(name.group()) : Optional.empty();
    }

    /** For facts that name nobody. */
    private static String ofAStranger(Language language, Dice dice) {
        String name = NearNames.fresh(language, dice);
        return switch (language) {
            case ZH -> name + dice.pick(List.of("是谁？", "在哪里？", "的电话是多少？", "多大了？"));
            case EN ->
                dice.pick(List.of("Who is %s?", "Where is %s?", "What is %s's phone number?", "How old is %s?"))
                        .formatted(name);
        };
    }
}
