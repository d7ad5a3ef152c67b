package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.Language;
import io.loremesh.model.statistic.Dice;
import java.util.List;

/**
 * Puts questions into words: in one of the relation's templates, sometimes as carelessly as people type.
 *
 * @param wording the templates it asks in
 */
record Asker(World world, Wording wording) {

    private static final double CARELESS = .2;

    String ask(Relation relation, String subject, Language language, Dice dice) {
        String question = plain(relation, subject, language, dice);
        return dice.chance(CARELESS) ? careless(question, subject, language, dice) : question;
    }

    /** The question in a template, with nothing changed. */
    String plain(Relation relation, String subject, Language language, Dice dice) {
        return dice.pick(relation.in(language).questions(wording)).fill(subject, "", relation.word());
    }

    /**
     * Wrapped ("请问，…"), without its mark, with the other mark, or without a small word; never without a word that
     * matters, and never so that it becomes a question that is held back.
     */
    String careless(String question, String subject, Language language, Dice dice) {
        String changed =
                switch (dice.between(0, 3)) {
                    case 0 -> dice.pick(world.phrases(language, "ask")).replace("{x}", question);
                    case 1 -> withoutMark(question);
                    case 2 -> withoutMark(question) + otherMark(language, dice);
                    default -> withoutSmallWord(question, language, dice);
                };
        return world.heldBack(language).contains(changed.replace(subject, "{s}")) ? question : changed;
    }

    private static String withoutMark(String question) {
        char last = question.charAt(question.length() - 1);
        return last == '？' || last == '?' || last == '.' ? question.substring(0, question.length() - 1) : question;
    }

    private static String otherMark(Language language, Dice dice) {
        return switch (language) {
            case ZH -> dice.pick(List.of("?", "呢？", "呀？", "啊？", "？？", "。"));
            case EN -> dice.pick(List.of(" ?", "??", ".", " please?", ", please?"));
        };
    }

    private static String withoutSmallWord(String question, Language language, Dice dice) {
        String word = dice.pick(
                switch (language) {
                    case ZH -> List.of("的", "了", "是", "请问", "在", "最", "今年", "平时");
                    case EN -> List.of(" the", " is", " does", " a", "'s", " do", " to", " of");
                });
        int at = question.lastIndexOf(word);
        return at <= 0 ? withoutMark(question) : question.substring(0, at) + question.substring(at + word.length());
    }
}
