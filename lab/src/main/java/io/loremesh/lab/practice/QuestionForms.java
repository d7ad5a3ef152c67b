package io.loremesh.lab.practice;

import io.loremesh.lab.world.Relation;
import io.loremesh.lab.world.Template;
import io.loremesh.lab.world.World;
import io.loremesh.model.answer.AnswerText;
import io.loremesh.model.answer.Language;
import io.loremesh.trainer.dataset.practice.KeyWords;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Recognises questions as forms of the generator's relations. Holds every form ready, for each refusal of a run is
 * looked up among some ten thousand. Immutable and safe for concurrent use.
 */
final class QuestionForms {

    /** What belongs to the words after a subject, not to its end. */
    private static final List<String> LINKS = List.of("的", "'s", "’s");

    /** A question template without its closing mark, around the subject. */
    private record Frame(Relation relation, String before, String after) {

        static Optional<Frame> of(Relation relation, Template template) {
            String form = bare(template.text());
            int slot = form.indexOf("{s}");
            return slot < 0
                    ? Optional.empty()
                    : Optional.of(new Frame(relation, form.substring(0, slot), form.substring(slot + 3)));
        }

        /** The subject as the question writes it; empty where it is no question of this form. */
        Optional<String> subject(String text) {
            boolean fits = text.length() > ownLetters()
                    && text.regionMatches(true, 0, before, 0, before.length())
                    && text.regionMatches(true, text.length() - after.length(), after, 0, after.length());
            return fits
                    ? Optional.of(text.substring(before.length(), text.length() - after.length())
                                    .strip())
                            .filter(subject -> !AnswerText.normalise(subject).isEmpty())
                            .filter(subject -> LINKS.stream().noneMatch(subject::endsWith))
                    : Optional.empty();
        }

        int ownLetters() {
            return before.length() + after.length();
        }
    }

    private record Match(Frame frame, String subject) {

        /** Letters of the question that are not the subject's: white space around it is the form's own. */
        int ownLetters(String text) {
            return text.length() - subject.length();
        }
    }

    private final Map<Language, List<Frame>> frames;

    QuestionForms(World world) {
        this.frames = Arrays.stream(Language.values())
                .collect(Collectors.toMap(Function.identity(), language -> frames(world, language)));
    }

    /** A form without a word that tells what is asked ("{s}是什么？") would take nearly everything for its subject. */
    private static List<Frame> frames(World world, Language language) {
        return world.relations().stream()
                .filter(relation -> !relation.subjectKind().equals("words") && relation.speaks(language))
                .flatMap(relation -> relation.in(language).everyQuestion().stream()
                        .filter(template -> KeyWords.any(template.text().replace("{s}", " "), language))
                        .flatMap(template -> Frame.of(relation, template).stream()))
                .toList();
    }

    /** The form of whose own words the question holds the most. */
    Optional<QuestionForm> recognise(String question, Language language) {
        String text = bare(question);
        return frames.get(language).stream()
                .flatMap(frame -> frame.subject(text).map(subject -> new Match(frame, subject)).stream())
                .max(Comparator.comparingInt(match -> match.ownLetters(text)))
                .map(match -> new QuestionForm(match.frame().relation(), match.subject(), language));
    }

    private static String bare(String question) {
        return question.strip().replaceAll("[？?。.！!]+$", "");
    }
}
