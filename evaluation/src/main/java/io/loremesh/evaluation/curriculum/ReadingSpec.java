package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.world.Wording;

/**
 * How contexts and their questions are drawn; every share is a probability.
 *
 * @param minFacts fewest claims in a context
 * @param maxFacts most claims in a context
 * @param same contexts about one relation of several subjects
 * @param subject contexts about several relations of one subject
 * @param grid contexts about two relations of two subjects, one cell missing
 * @param similar contexts whose second subject is easily taken for the first
 * @param unanswerable questions that the context does not answer, of all questions
 * @param open relations that nobody has met before
 * @param faq claims stated as question and answer only
 * @param twice claims stated twice
 * @param objectFirst sentences that name the object first
 * @param foreign claims or questions in the other language
 * @param wording the question templates it asks in
 */
public record ReadingSpec(
        int minFacts,
        int maxFacts,
        double same,
        double subject,
        double grid,
        double similar,
        double unanswerable,
        double open,
        double faq,
        double twice,
        double objectFirst,
        double foreign,
        Wording wording) {

    public ReadingSpec {
        if (minFacts < 1 || maxFacts < minFacts) {
            throw new IllegalArgumentException(
                    "A context needs 1 ≤ minFacts ≤ maxFacts; got %d and %d".formatted(minFacts, maxFacts));
        }
    }

    /** Contexts of unrelated sentences, every question answerable. */
    public static ReadingSpec facts(int min, int max) {
        return new ReadingSpec(min, max, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Wording.TRAINED);
    }

    public ReadingSpec withScenes(double same, double subject, double grid, double similar) {
        return new ReadingSpec(
                minFacts,
                maxFacts,
                same,
                subject,
                grid,
                similar,
                unanswerable,
                open,
                faq,
                twice,
                objectFirst,
                foreign,
                wording);
    }

    public ReadingSpec withUnanswerable(double share) {
        return new ReadingSpec(
                minFacts,
                maxFacts,
                same,
                subject,
                grid,
                similar,
                share,
                open,
                faq,
                twice,
                objectFirst,
                foreign,
                wording);
    }

    public ReadingSpec withOpen(double share) {
        return new ReadingSpec(
                minFacts,
                maxFacts,
                same,
                subject,
                grid,
                similar,
                unanswerable,
                share,
                faq,
                twice,
                objectFirst,
                foreign,
                wording);
    }

    public ReadingSpec withForms(double faq, double twice, double objectFirst, double foreign) {
        return new ReadingSpec(
                minFacts,
                maxFacts,
                same,
                subject,
                grid,
                similar,
                unanswerable,
                open,
                faq,
                twice,
                objectFirst,
                foreign,
                wording);
    }

    public ReadingSpec asked(Wording wording) {
        return new ReadingSpec(
                minFacts,
                maxFacts,
                same,
                subject,
                grid,
                similar,
                unanswerable,
                open,
                faq,
                twice,
                objectFirst,
                foreign,
                wording);
    }
}
