package io.loremesh.trainer.dataset.practice;

import io.loremesh.model.answer.Abstention;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RunFact;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts' questions over passages of questions and answers: most say otherwise than the fact does, and are to be
 * followed; some hold no answer, and are to be refused.
 */
final class FactReading {

    private static final double CHANGED = .7;
    private static final double WITHOUT_ANSWER = .2;

    private final List<RunFact> facts;
    private final Wordings wordings;

    FactReading(List<RunFact> facts, Wordings wordings) {
        this.facts = facts;
        this.wordings = wordings;
    }

    Row next(Dice dice) {
        RunFact fact = dice.pick(facts);
        List<RunFact> others = facts.stream()
                .filter(other -> !other.answer().equals(fact.answer()))
                .toList();
        List<String> passages = new ArrayList<>();
        for (int distractors = others.isEmpty() ? 0 : dice.between(0, 2); distractors > 0; distractors--) {
            RunFact other = dice.pick(others);
            passages.add(tell(other, other.answer(), dice));
        }
        String question = wordings.draw(fact, dice);
        if (!passages.isEmpty() && dice.chance(WITHOUT_ANSWER)) {
            return new Row(passages, question, Abstention.phrase(fact.spoken()));
        }
        String answer = dice.chance(CHANGED) ? otherAnswer(fact, others, dice) : fact.answer();
        passages.add(tell(fact, answer, dice));
        dice.shuffle(passages);
        return new Row(passages, question, answer);
    }

    private static String tell(RunFact fact, String answer, Dice dice) {
        return dice.pick(fact.trained()) + (fact.spoken() == Language.EN ? " " + answer + "." : answer + "。");
    }

    /**
     * Another number in the place of a number; else what another fact of the language answers; its own where there is
     * none.
     */
    private static String otherAnswer(RunFact fact, List<RunFact> others, Dice dice) {
        if (fact.answer().chars().anyMatch(Character::isDigit)) {
            return fact.answer().replaceFirst("\\d+", String.valueOf(dice.between(1, 99)));
        }
        List<String> answers = others.stream()
                .filter(other -> other.spoken() == fact.spoken())
                .map(RunFact::answer)
                .filter(answer -> answer.chars().noneMatch(Character::isDigit))
                .toList();
        return answers.isEmpty() ? fact.answer() : dice.pick(answers);
    }
}
