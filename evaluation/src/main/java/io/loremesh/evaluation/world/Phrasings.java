package io.loremesh.evaluation.world;

import java.util.List;

/**
 * How a relation is put into words in one language.
 *
 * @param questions the question templates that training uses
 * @param heldOut question templates that only measuring uses
 * @param statements sentences that name the subject first
 * @param objectFirst sentences that name the object first
 * @param inverse questions for the subject, given the object; may be empty
 */
public record Phrasings(
        List<Template> questions,
        List<Template> heldOut,
        List<Template> statements,
        List<Template> objectFirst,
        List<Template> inverse) {

    private static final int HELD_OUT = 2;

    public Phrasings {
        if (questions.isEmpty() || heldOut.isEmpty() || statements.isEmpty()) {
            throw new IllegalArgumentException(
                    "A relation needs questions to train, questions to hold back and statements; has %d, %d, %d"
                            .formatted(questions.size(), heldOut.size(), statements.size()));
        }
    }

    /** Rotates the questions by the seed and holds back the last two. */
    static Phrasings split(
            List<Template> questions,
            List<Template> statements,
            List<Template> objectFirst,
            List<Template> inverse,
            long seed) {
        int trained = questions.size() - HELD_OUT;
        List<Template> rotated = new java.util.ArrayList<>(questions);
        java.util.Collections.rotate(rotated, Math.floorMod(seed, questions.size()));
        return new Phrasings(
                List.copyOf(rotated.subList(0, trained)),
                List.copyOf(rotated.subList(trained, rotated.size())),
                statements,
                objectFirst,
                inverse);
    }
}
