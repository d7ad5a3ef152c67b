package io.loremesh.lab.eval;

import io.loremesh.lab.metric.AnswerScore;
import io.loremesh.lab.metric.Answered;
import io.loremesh.lab.report.Row;
import io.loremesh.lab.suite.Ability;
import io.loremesh.model.answer.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** The rows of a report on a base: each ability in each language, then how often it refuses wrongly and invents. */
final class BaseRows {
    /** A base knows some dozens of facts; the interval takes each question for a case of its own. */
    static final String REPEATING = "questions repeat, so the interval is narrower than it should be";

    private BaseRows() {}

    static List<Row> of(List<Asked> asked) {
        var rows = new ArrayList<Row>();
        for (Ability ability : Ability.values()) {
            for (Language language : Language.values()) {
                rows.add(ability(ability, language, asked));
            }
        }
        for (Language language : Language.values()) {
            rows.add(Row.of(
                            named("over-refusal", language),
                            AnswerScore.of(answers(asked, one -> held(one) && one.language() == language))
                                    .overRefusal())
                    .atMost(.03)
                    .noting("abstentions from what the passages or the weights hold"));
        }
        for (Language language : Language.values()) {
            rows.add(Row.of(
                            named("hallucination", language),
                            AnswerScore.of(answers(asked, one -> one.language() == language))
                                    .hallucination())
                    .noting("answers to what nobody can know"));
        }
        return List.copyOf(rows);
    }

    /** A step from a passage into memory is never trained: that it is not taken is no refusal of what is held. */
    private static boolean held(Asked asked) {
        return asked.ability() != Ability.HOP_BY_HEART;
    }

    private static Row ability(Ability ability, Language language, List<Asked> asked) {
        Row row = Row.of(
                named(ability.label(), language),
                AnswerScore.right(answers(asked, one -> one.ability() == ability && one.language() == language)));
        if ((ability == Ability.KNOWN_FACT || ability == Ability.UNSEEN_MEMORY) && row.n() > 0) {
            row = row.noting(REPEATING);
        }
        OptionalDouble target = target(ability);
        return target.isPresent() ? row.atLeast(target.getAsDouble()) : row;
    }

    private static List<Answered> answers(List<Asked> asked, Predicate<Asked> wanted) {
        return asked.stream().filter(wanted).map(Asked::answered).toList();
    }

    private static String named(String measure, Language language) {
        return measure + ", " + language.name().toLowerCase(Locale.ROOT);
    }

    /** The share of right answers that a base should reach; empty where none is set. */
    private static OptionalDouble target(Ability ability) {
        return switch (ability) {
            case READ_ONE, FRESH_NAME -> OptionalDouble.of(.99);
            case READ_SEVERAL, SIMILAR_NAME -> OptionalDouble.of(.97);
            case ONE_RELATION, OTHER_RELATION -> OptionalDouble.of(.95);
            case CONFUSABLE_NAMES, OBJECT_FIRST, UNSEEN_MEMORY -> OptionalDouble.of(.90);
            case WHOLE_FAMILY, COMPANY, PRODUCTS -> OptionalDouble.of(.92);
            case UNSEEN_READING -> OptionalDouble.of(.88);
            case CROSS_LINGUAL -> OptionalDouble.of(.85);
            case TWO_HOPS -> OptionalDouble.of(.70);
            case KNOWN_FACT, UNKNOWN_SUBJECT -> OptionalDouble.of(.98);
            case READ_ONE_CLOSED,
                    ONE_SUBJECT,
                    OPEN_RELATION,
                    FAMILY,
                    CHANGING,
                    FAQ_EXACT,
                    FAQ_PARAPHRASED,
                    HOP_BY_HEART,
                    HOP_MISSING,
                    FAMILY_MISSING -> OptionalDouble.empty();
        };
    }
}
