package io.loremesh.trainer.dataset;

import io.loremesh.evaluation.world.Relation;
import io.loremesh.evaluation.world.Template;
import io.loremesh.evaluation.world.World;
import io.loremesh.model.prompt.AnswerText;
import io.loremesh.model.prompt.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A question recognised as one of the generator's forms: whom it is about, and what it asks of them. Knowing that, it can be
 * asked in the relation's other forms, and of somebody else.
 *
 * @param subject the subject as the question writes it
 */
record QuestionForm(Relation relation, String subject, Language language) {

    /** What belongs to the words after a subject, not to its end. */
    private static final List<String> LINKS = List.of("的", "'s", "’s");

    private record Match(QuestionForm form, int ownLetters) {}

    /**
     * The form of whose own words the question holds the most. A form without a word that tells what is asked ("{s}是什么？") takes nearly
     * everything for its subject, and recognises nothing.
     */
    static Optional<QuestionForm> of(String question, World world, Language language) {
        String text = bare(question);
        List<Match> matches = new ArrayList<>();
        for (Relation relation : world.relations()) {
            if (relation.subjectKind().equals("words") || !relation.speaks(language)) {
                continue;
            }
            relation.in(language).everyQuestion().stream()
                    .filter(template -> KeyWords.any(template.text().replace("{s}", " "), language))
                    .forEach(template -> subject(template, text)
                            .ifPresent(subject -> matches.add(new Match(
                                    new QuestionForm(relation, subject, language), text.length() - subject.length()))));
        }
        return matches.stream()
                .filter(match -> LINKS.stream().noneMatch(match.form().subject()::endsWith))
                .max(Comparator.comparingInt(Match::ownLetters))
                .map(Match::form);
    }

    /**
     * The relation's forms, about {@code subject}. Those too that the demo base's own training held back: they measure its facts,
     * and these are the user's.
     */
    List<String> ask(String subject) {
        return relation.in(language).everyQuestion().stream()
                .map(template -> template.fill(subject, "", relation.word()))
                .toList();
    }

    /** Sentences that state an answer. */
    List<String> tell(String answer) {
        return relation.in(language).statements().stream()
                .filter(template -> !template.closedOnly())
                .map(template -> template.fill(subject, answer, relation.word()))
                .toList();
    }

    private static Optional<String> subject(Template template, String text) {
        String form = bare(template.text());
        int slot = form.indexOf("{s}");
        if (slot < 0) {
            return Optional.empty();
        }
        String before = form.substring(0, slot);
        String after = form.substring(slot + 3);
        boolean fits = text.length() > before.length() + after.length()
                && text.regionMatches(true, 0, before, 0, before.length())
                && text.regionMatches(true, text.length() - after.length(), after, 0, after.length());
        return fits
                ? Optional.of(text.substring(before.length(), text.length() - after.length())
                                .strip())
                        .filter(subject -> !AnswerText.normalise(subject).isEmpty())
                : Optional.empty();
    }

    private static String bare(String question) {
        return question.strip().replaceAll("[？?。.！!]+$", "");
    }
}
