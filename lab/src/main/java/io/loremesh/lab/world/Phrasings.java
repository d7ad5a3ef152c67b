package io.loremesh.lab.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * How a relation is put into words in one language.
 *
 * @param questions the question templates that training uses
 * @param validation question templates that training never uses; go/no-go checks do
 * @param heldOut question templates that only the final measurement uses
 * @param further questions that training uses when it reads well: the many words in which people ask the same
 * @param statements sentences that name the subject first
 * @param objectFirst sentences that name the object first
 * @param inverse questions for the subject, given the object; may be empty
 */
public record Phrasings(
        List<Template> questions,
        List<Template> validation,
        List<Template> heldOut,
        List<Template> further,
        List<Template> statements,
        List<Template> objectFirst,
        List<Template> inverse) {

    private static final int FEWEST = 4;
    private static final int VALIDATION = 2;
    private static final int HELD_OUT = 4;

    public Phrasings {
        if (questions.size() < FEWEST || statements.isEmpty() || objectFirst.isEmpty()) {
            throw new IllegalArgumentException(
                    "A relation needs four questions to train, statements and object-first ones; has %d, %d, %d"
                            .formatted(questions.size(), statements.size(), objectFirst.size()));
        }
    }

    /** Orders the questions by a hash of the seed and their text, and holds back the last six. */
    static Phrasings split(
            List<Template> questions,
            List<Template> further,
            List<Template> statements,
            List<Template> objectFirst,
            List<Template> inverse,
            long seed) {
        List<Template> hashed = new ArrayList<>(questions);
        hashed.sort(Comparator.comparingLong(template ->
                new SplittableRandom(seed * 1_000_003 + template.text().hashCode()).nextLong()));
        int heldOut = hashed.size() - HELD_OUT;
        int trained = heldOut - VALIDATION;
        return new Phrasings(
                List.copyOf(hashed.subList(0, Math.max(0, trained))),
                List.copyOf(hashed.subList(Math.max(0, trained), Math.max(0, heldOut))),
                List.copyOf(hashed.subList(Math.max(0, heldOut), hashed.size())),
                further,
                statements,
                objectFirst,
                inverse);
    }

    /** All question templates. */
    public List<Template> everyQuestion() {
        return Stream.of(questions, validation, heldOut, further)
                .flatMap(List::stream)
                .toList();
    }

    /** The texts of the questions that training never uses. */
    public Stream<String> heldBack() {
        return Stream.concat(validation.stream(), heldOut.stream()).map(Template::text);
    }

    /** The same without the training questions of these texts, whoever they ask for. */
    Phrasings without(Set<String> texts) {
        return new Phrasings(
                without(texts, questions),
                validation,
                heldOut,
                without(texts, further),
                statements,
                objectFirst,
                without(texts, inverse));
    }

    private static List<Template> without(Set<String> texts, List<Template> templates) {
        return templates.stream()
                .filter(template -> !texts.contains(template.text().replace("{o}", "{s}")))
                .toList();
    }

    /** The question templates of that part. */
    public List<Template> questions(Wording wording) {
        return switch (wording) {
            case TRAINED -> questions;
            case WIDE -> Stream.concat(questions.stream(), further.stream()).toList();
            case VALIDATION -> validation;
            case HELD_OUT -> heldOut;
        };
    }
}
