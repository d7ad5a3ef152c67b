package io.loremesh.lab.practice;

import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import io.loremesh.trainer.dataset.Row;
import io.loremesh.trainer.dataset.RunFact;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts' own questions asked over passages that may say otherwise: what is read must go on winning over what is
 * known by heart, or a fact that has changed could no longer be answered from its new source.
 */
final class ContraryReading {

    private final World world;
    private final Phrasebook phrasebook;
    private final List<RunFact> facts;

    ContraryReading(World world, Phrasebook phrasebook, List<RunFact> facts) {
        this.world = world;
        this.phrasebook = phrasebook;
        this.facts = facts;
    }

    Row next(Dice dice) {
        RunFact fact = dice.pick(facts);
        String answer = dice.chance(.7) ? otherAnswer(fact, dice) : fact.answer();
        List<String> passages = new ArrayList<>();
        passages.add(tell(fact, answer, dice));
        for (int distractors = dice.between(0, 2); distractors > 0; distractors--) {
            RunFact other = dice.pick(facts);
            if (!other.equals(fact)) {
                passages.add(tell(other, dice.chance(.5) ? otherAnswer(other, dice) : other.answer(), dice));
            }
        }
        dice.shuffle(passages);
        return new Row(passages, phrasebook.ask(fact, dice), answer);
    }

    /** A sentence of the relation where the question's form is known, else question and answer side by side. */
    private String tell(RunFact fact, String answer, Dice dice) {
        List<String> sentences =
                phrasebook.form(fact).map(form -> form.tell(answer)).orElse(List.of());
        if (!sentences.isEmpty() && dice.chance(.6)) {
            return dice.pick(sentences);
        }
        Language language = fact.spoken();
        return dice.pick(fact.trained()) + (language == Language.EN ? " " + answer + "." : answer + "。");
    }

    private String otherAnswer(RunFact fact, Dice dice) {
        Language language = fact.spoken();
        String kind = fact.answer().chars().anyMatch(Character::isDigit)
                ? "number"
                : phrasebook.form(fact).map(form -> form.relation().valueKind()).orElse("free");
        String value = world.values().draw(kind, language, dice).text();
        // "10岁" becomes "47岁": the unit is part of the sentence's form.
        return kind.equals("number")
                ? fact.answer().replaceFirst("\\d[\\d.,]*", value.length() > 3 ? value.substring(0, 2) : value)
                : value;
    }
}
