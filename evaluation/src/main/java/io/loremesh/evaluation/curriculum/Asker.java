package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.world.Dice;
import io.loremesh.evaluation.world.Phrasings;
import io.loremesh.evaluation.world.Relation;
import io.loremesh.evaluation.world.Template;
import io.loremesh.evaluation.world.World;
import io.loremesh.model.prompt.Language;
import java.util.List;

/**
 * Puts questions into words: in one of the relation's templates, sometimes as carelessly as people type.
 *
 * @param heldOut whether to use the templates that training never sees
 */
record Asker(World world, boolean heldOut) {

    private static final double CARELESS = .2;

    String ask(Relation relation, String subject, Language language, Dice dice) {
        String question = plain(relation, subject, language, dice);
        return dice.chance(CARELESS) ? careless(question, language, dice) : question;
    }

    /** The question in a template, with nothing changed. */
    String plain(Relation relation, String subject, Language language, Dice dice) {
        Phrasings phrasings = relation.in(language);
        List<Template> templates = heldOut ? phrasings.heldOut() : phrasings.questions();
        return dice.pick(templates).fill(subject, "", relation.word());
    }

    /** Wrapped ("请问，…"), without its mark, with the other mark, or without a small word; never without a word that matters. */
    String careless(String question, Language language, Dice dice) {
        return switch (dice.between(0, 3)) {
            case 0 -> dice.pick(world.phrases(language, "ask")).replace("{x}", question);
            case 1 -> withoutMark(question);
            case 2 -> withoutMark(question) + otherMark(language, dice);
            default -> withoutSmallWord(question, language, dice);
        };
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
