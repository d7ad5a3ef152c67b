package io.loremesh.lab.curriculum;

import io.loremesh.lab.world.Wording;

/**
 * How contexts and their questions are drawn; every share is a probability.
 *
 * @param minFacts fewest claims in a context
 * @param maxFacts most claims in a context
 * @param scenes how the claims of a context belong together
 * @param unanswerable questions that the context does not answer, of all questions
 * @param open relations that nobody has met before
 * @param forms how claims and questions are put
 * @param wording the question templates it asks in
 */
public record ReadingSpec(
        int minFacts, int maxFacts, Scenes scenes, double unanswerable, double open, Forms forms, Wording wording) {

    /**
     * Kinds of contexts; the others are of unrelated claims.
     *
     * @param same contexts about one relation of several subjects
     * @param subject contexts about several relations of one subject
     * @param grid contexts about two relations of two subjects, one cell missing
     * @param similar contexts whose second subject is easily taken for the first
     */
    public record Scenes(double same, double subject, double grid, double similar) {}

    /**
     * Forms of claims; the others are stated once, in a sentence that names the subject first.
     *
     * @param faq claims stated as question and answer only
     * @param twice claims stated twice
     * @param objectFirst sentences that name the object first
     * @param foreign claims or questions in the other language
     */
    public record Forms(double faq, double twice, double objectFirst, double foreign) {}

    public ReadingSpec {
        if (minFacts < 1 || maxFacts < minFacts) {
            throw new IllegalArgumentException(
                    "A context needs 1 ≤ minFacts ≤ maxFacts; got %d and %d".formatted(minFacts, maxFacts));
        }
    }

    /** Contexts of unrelated sentences, every question answerable. */
    public static ReadingSpec facts(int min, int max) {
        return new ReadingSpec(min, max, new Scenes(0, 0, 0, 0), 0, 0, new Forms(0, 0, 0, 0), Wording.TRAINED);
    }

    public ReadingSpec withScenes(double same, double subject, double grid, double similar) {
        Scenes drawn = new Scenes(same, subject, grid, similar);
        return new ReadingSpec(minFacts, maxFacts, drawn, unanswerable, open, forms, wording);
    }

    public ReadingSpec withUnanswerable(double share) {
        return new ReadingSpec(minFacts, maxFacts, scenes, share, open, forms, wording);
    }

    public ReadingSpec withOpen(double share) {
        return new ReadingSpec(minFacts, maxFacts, scenes, unanswerable, share, forms, wording);
    }

    public ReadingSpec withForms(double faq, double twice, double objectFirst, double foreign) {
        Forms put = new Forms(faq, twice, objectFirst, foreign);
        return new ReadingSpec(minFacts, maxFacts, scenes, unanswerable, open, put, wording);
    }

    public ReadingSpec asked(Wording wording) {
        return new ReadingSpec(minFacts, maxFacts, scenes, unanswerable, open, forms, wording);
    }
}
