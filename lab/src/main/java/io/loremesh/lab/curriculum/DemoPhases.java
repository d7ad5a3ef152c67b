package io.loremesh.lab.curriculum;

import static io.loremesh.lab.curriculum.ReadingSpec.facts;

import io.loremesh.lab.curriculum.Phase.Check;
import io.loremesh.lab.curriculum.Phase.Decay;
import io.loremesh.lab.curriculum.Phase.Share;
import io.loremesh.lab.world.Wording;
import io.loremesh.lab.world.World;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo base's lessons: to find and copy tokens without meaning, to read one fact, several subjects of one relation,
 * and at last everything together with abstaining, families, paragraphs, longer questions, question-and-answer passages
 * and facts by heart: first at the full rate, then settling, with more of what is hard, once more in three times as
 * many words, as people ask the same thing in many ways, and at last with more that has no answer.
 */
final class DemoPhases {

    private static final int CHECKED = 400;
    private static final int LEAST_CHECKED = 40;
    private static final double MUON_RATE = .02;

    /** Millions of tokens at the full rate, and on the way down to rest. */
    private static final double TRUNK = 44;

    private static final double SETTLING = 50;

    private static final double WIDENING = 30;

    private static final double DOUBTING = 20;

    /** Of the full rate, after the base has come to rest once, and twice. */
    private static final double RESUMED = .7;

    private static final double RESUMED_AGAIN = .5;

    private static final Everyday EVERYTHING =
            new Everyday(1, .15, .19, .2, .12, .09, .08, .04, .06, .07, .35, .2, .12);

    /** Few refusals: while what is asked is not yet understood, "unknown" is the cheapest answer to everything. */
    private static final Everyday LEARNING = EVERYTHING.withRefusals(.4);

    /**
     * Less of what is understood by then; more facts of one subject, whose relations only the question's words tell
     * apart.
     */
    private static final Everyday MASTERING = new Everyday(1, .17, .24, .1, .11, .12, .08, .03, .05, .07, .5, .3, .22);

    /** Again more of what is weakest by then: single facts, facts by heart, several steps and the other language. */
    private static final Everyday BROADENING =
            new Everyday(1, .19, .24, .11, .08, .12, .09, .03, .03, .08, .45, .25, .24);

    /** More that cannot be answered, now that nearly all that can be answered is. */
    private static final Everyday DOUBTFUL =
            new Everyday(1.25, .22, .22, .1, .09, .13, .1, .02, .05, .08, .45, .24, .26);

    private final World world;
    private final double scale;
    private final SampleSource recall;
    private final SampleSource repetition;

    DemoPhases(World world, int vocabularySize, double scale) {
        this.world = world;
        this.scale = scale;
        this.recall = new CarrierRecall(vocabularySize, .3);
        this.repetition = new Repetition(vocabularySize);
    }

    Phase copying() {
        List<Share> mixture = List.of(share(.8, "recall", recall), share(.2, "repetition", repetition));
        return phase("P0-copy", mixture, 2, 4e-3, check("recall", recall, .4));
    }

    Phase reading() {
        ReadingSpec upToThree =
                facts(1, 3).withScenes(.3, .1, 0, 0).withUnanswerable(.1).withOpen(.3);
        List<Share> mixture = List.of(
                share(.87, "read 1-3", new Reading(world, upToThree)),
                share(.1, "recall", recall),
                share(.03, "repetition", repetition));
        Check one = check("read 1 fact", new Reading(world, facts(1, 1).withOpen(.3)), .6);
        return phase("P1-read", mixture, 3, 4e-3, one);
    }

    Phase subjects() {
        ReadingSpec oneRelation = facts(2, 4).withScenes(1, 0, 0, .2).withOpen(.3);
        ReadingSpec upToFour = facts(1, 4)
                .withScenes(.3, .3, .2, .1)
                .withUnanswerable(.2)
                .withOpen(.3)
                .withForms(.15, .05, .1, .04);
        List<Share> mixture = List.of(
                share(.45, "one relation", new Reading(world, oneRelation)),
                share(.08, "recall", recall),
                share(.4, "read 1-4", new Reading(world, upToFour)),
                share(.05, "family", new FamilyReading(world, .2, .25, .1, Wording.TRAINED)),
                share(.02, "repetition", repetition));
        ReadingSpec four = facts(4, 4).withScenes(1, 0, 0, 0).withOpen(.3);
        return phase(
                "P2-subjects", mixture, 5, 4e-3, check("4 subjects of one relation", new Reading(world, four), .45));
    }

    Phase everything() {
        return last("P3-all", TRUNK, LEARNING, Wording.TRAINED, 1, Decay.CONSTANT);
    }

    Phase settling() {
        return last("P4-settle", SETTLING, MASTERING, Wording.TRAINED, 1, Decay.LINEAR);
    }

    Phase widening() {
        return last("P5-wide", WIDENING, BROADENING, Wording.WIDE, RESUMED, Decay.LINEAR);
    }

    Phase doubting() {
        return last("P6-doubt", DOUBTING, DOUBTFUL, Wording.WIDE, RESUMED_AGAIN, Decay.LINEAR);
    }

    private Phase last(String name, double millions, Everyday everyday, Wording wording, double rate, Decay decay) {
        List<Share> mixture = Stream.concat(
                        everyday.mixture(world, wording).stream(),
                        Stream.of(share(.02, "recall", recall), share(.01, "repetition", repetition)))
                .toList();
        ReadingSpec unseen = facts(1, 4)
                .withScenes(.25, .35, .2, .2)
                .withUnanswerable(.3)
                .withOpen(.3)
                .withForms(.2, .1, .05, 0)
                .asked(Wording.VALIDATION);
        Check check = check("read 1-4, questions never trained", new Reading(world, unseen), .55);
        return new Phase(name, mixture, tokens(millions), rate * MUON_RATE, rate * 4e-3, decay, check);
    }

    /** All that has words, in even measure. */
    static List<Share> everyday(World world) {
        return EVERYTHING.mixture(world, Wording.TRAINED);
    }

    /**
     * All that has words. Half of the reading is from a single passage, as the product asks its base.
     *
     * @param refusals unanswerable questions, as a share of those of the settling phase
     * @param one share of samples, as are those up to {@code closedBook}
     * @param oneSubject several facts of one subject, as a share of the contexts of two to five facts
     * @param objectFirst share of the sentences about a single fact
     * @param foreign share of the single facts, and again of the questions about them, that are in the other language
     */
    private record Everyday(
            double refusals,
            double one,
            double several,
            double oneRelation,
            double family,
            double paragraph,
            double hops,
            double changing,
            double faq,
            double closedBook,
            double oneSubject,
            double objectFirst,
            double foreign) {

        Everyday withRefusals(double share) {
            return new Everyday(
                    share,
                    one,
                    several,
                    oneRelation,
                    family,
                    paragraph,
                    hops,
                    changing,
                    faq,
                    closedBook,
                    oneSubject,
                    objectFirst,
                    foreign);
        }

        List<Share> mixture(World world, Wording wording) {
            ReadingSpec alone = facts(1, 1)
                    .withUnanswerable(.4 * refusals)
                    .withScenes(0, 0, 0, .3)
                    .withOpen(.3)
                    .withForms(.3, 0, objectFirst, foreign)
                    .asked(wording);
            ReadingSpec upToFive = facts(2, 5)
                    .withScenes(.55 - oneSubject, oneSubject, .25, .25)
                    .withUnanswerable(.33 * refusals)
                    .withOpen(.3)
                    .withForms(.2, .1, .15, .1)
                    .asked(wording);
            ReadingSpec ofOneRelation = facts(2, 4)
                    .withScenes(1, 0, 0, .45)
                    .withUnanswerable(.25 * refusals)
                    .withOpen(.3)
                    .withForms(.1, .05, .1, .06)
                    .asked(wording);
            return List.of(
                    share(one, "read 1", new Reading(world, alone)),
                    share(several, "read 2-5", new Reading(world, upToFive)),
                    share(oneRelation, "one relation", new Reading(world, ofOneRelation)),
                    share(family, "family", new FamilyReading(world, .25, .3 * refusals, .2, wording)),
                    share(paragraph, "paragraph", new ParagraphReading(world, .2 * refusals, wording)),
                    share(hops, "hops", new HopReading(world, wording)),
                    share(changing, "changing", new ChangingReading(world, wording)),
                    share(faq, "faq", new FaqReading(world, .3 * refusals)),
                    share(closedBook, "closed book", new ClosedBook(world, .4, wording)));
        }
    }

    List<Check> abilities() {
        ReadingSpec one = facts(1, 1);
        ReadingSpec four = facts(4, 4).withOpen(.3);
        ReadingSpec abstaining =
                facts(1, 4).withScenes(.25, .35, .2, .2).withUnanswerable(.4).withOpen(.3);
        return List.of(
                check("read 1 fact", new Reading(world, one), 0),
                check("read 1 fact, questions never trained", new Reading(world, one.asked(Wording.VALIDATION)), 0),
                check("read 1 open relation", new Reading(world, one.withOpen(1)), 0),
                check("read 4 facts", new Reading(world, four), 0),
                check("4 subjects of one relation", new Reading(world, four.withScenes(1, 0, 0, 0)), 0),
                check("confusable names", new Reading(world, four.withScenes(1, 0, 0, 1)), 0),
                check("4 facts of one subject", new Reading(world, four.withScenes(0, 1, 0, 0)), 0),
                check("object first", new Reading(world, one.withForms(0, 0, 1, 0)), 0),
                check("with abstention", new Reading(world, abstaining), 0),
                check("family", new FamilyReading(world, .25, .3, .15, Wording.TRAINED), 0),
                check("paragraph", new ParagraphReading(world, .2, Wording.TRAINED), 0),
                check("two and three hops", new HopReading(world, Wording.TRAINED), 0),
                check("changing", new ChangingReading(world, Wording.TRAINED), 0),
                check("question-and-answer passages", new FaqReading(world, .3), 0),
                check("closed book", new ClosedBook(world, .4, Wording.TRAINED), 0),
                check("closed book, questions never trained", new ClosedBook(world, .4, Wording.VALIDATION), 0));
    }

    private Phase phase(String name, List<Share> mixture, double millions, double adamRate, Check check) {
        return new Phase(name, mixture, tokens(millions), MUON_RATE, adamRate, Decay.CONSTANT, check);
    }

    private long tokens(double millions) {
        return Math.max(1, Math.round(millions * 1e6 * scale));
    }

    private Check check(String name, SampleSource source, double atLeast) {
        int samples = (int) Math.clamp(Math.round(CHECKED * scale), LEAST_CHECKED, CHECKED);
        return new Check(name, source, samples, atLeast);
    }

    private static Share share(double weight, String name, SampleSource source) {
        return new Share(name, source, weight);
    }
}
