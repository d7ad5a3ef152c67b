package io.loremesh.evaluation.curriculum;

import static io.loremesh.evaluation.curriculum.ReadingSpec.facts;

import io.loremesh.evaluation.curriculum.Phase.Check;
import io.loremesh.evaluation.curriculum.Phase.Decay;
import io.loremesh.evaluation.curriculum.Phase.Share;
import io.loremesh.evaluation.world.World;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo base's lessons: to copy tokens without meaning, to read one fact, several facts, several subjects of one relation (without which
 * picking the right subject stays at chance), and at last everything together with abstaining, families, question-and-answer passages and
 * facts by heart.
 */
final class DemoPhases {

    private static final int CHECKED = 200;
    private static final double MUON_RATE = .02;

    private final World world;
    private final double scale;
    private final SampleSource plainRecall;
    private final SampleSource recall;
    private final SampleSource repetition;

    DemoPhases(World world, int vocabularySize, double scale) {
        this.world = world;
        this.scale = scale;
        this.plainRecall = new Recall(vocabularySize, 0);
        this.recall = new Recall(vocabularySize, .6);
        this.repetition = new Repetition(vocabularySize);
    }

    Phase copying() {
        List<Share> mixture = List.of(share(.75, "recall", plainRecall), share(.25, "repetition", repetition));
        return phase("P0-copy", mixture, 1.1, 4e-3, check("recall", recall, .6));
    }

    Phase reading() {
        ReadingSpec upToThree =
                facts(1, 3).withScenes(.3, .1, 0, 0).withUnanswerable(.1).withOpen(.4);
        List<Share> mixture = List.of(
                share(.85, "read 1-3", new Reading(world, upToThree)),
                share(.1, "recall", recall),
                share(.05, "repetition", repetition));
        Check one = check("read 1 fact", new Reading(world, facts(1, 1).withOpen(.4)), .7);
        return phase("P1-read", mixture, 1.0, 4e-3, one);
    }

    Phase severalFacts() {
        ReadingSpec upToFour = facts(1, 4)
                .withScenes(.4, .3, .1, 0)
                .withUnanswerable(.25)
                .withOpen(.35)
                .withForms(.1, .05, .03, .01);
        List<Share> mixture = List.of(
                share(.5, "read 1-4", new Reading(world, upToFour)),
                share(.2, "family", new FamilyReading(world, .25, .1, false)),
                share(.1, "faq", new FaqReading(world, .2)),
                share(.15, "recall", recall),
                share(.02, "repetition", repetition));
        Check three = check("read 3 facts", new Reading(world, facts(3, 3).withOpen(.35)), .4);
        return phase("P2-several", mixture, 1.0, 4e-3, three);
    }

    Phase subjects() {
        ReadingSpec oneRelation = facts(2, 4).withScenes(1, 0, 0, 0).withOpen(.4);
        ReadingSpec upToFour = facts(1, 4)
                .withScenes(.3, .3, .2, 0)
                .withUnanswerable(.2)
                .withOpen(.35)
                .withForms(.1, .05, .03, .01);
        List<Share> mixture = List.of(
                share(.6, "one relation", new Reading(world, oneRelation)),
                share(.2, "recall", recall),
                share(.18, "read 1-4", new Reading(world, upToFour)),
                share(.02, "repetition", repetition));
        ReadingSpec four = facts(4, 4).withScenes(1, 0, 0, 0).withOpen(.4);
        return phase(
                "P2s-subjects", mixture, 5.5, 3e-3, check("4 subjects of one relation", new Reading(world, four), .5));
    }

    Phase everything() {
        List<Share> mixture = Stream.concat(
                        everyday(world).stream(),
                        Stream.of(share(.05, "recall", recall), share(.01, "repetition", repetition)))
                .toList();
        ReadingSpec heldOut = facts(1, 4)
                .withScenes(.25, .35, .2, .2)
                .withUnanswerable(.3)
                .withOpen(.4)
                .withForms(.2, .1, .05, 0)
                .withHeldOutQuestions();
        Check check = new Check("read 1-4, held-out questions", new Reading(world, heldOut), 2 * CHECKED, .6);
        return new Phase("P3-all", mixture, tokens(15.5), MUON_RATE, 3e-3, Decay.LINEAR, check);
    }

    /** All that has words, in the proportions of the last phase. */
    static List<Share> everyday(World world) {
        ReadingSpec upToFour = facts(1, 4)
                .withScenes(.25, .35, .2, .25)
                .withUnanswerable(.33)
                .withOpen(.4)
                .withForms(.2, .1, .08, .04);
        ReadingSpec oneRelation = facts(2, 4)
                .withScenes(1, 0, 0, .35)
                .withUnanswerable(.28)
                .withOpen(.4)
                .withForms(.1, .05, .05, .02);
        return List.of(
                share(.34, "read 1-4", new Reading(world, upToFour)),
                share(.2, "one relation", new Reading(world, oneRelation)),
                share(.18, "family", new FamilyReading(world, .3, .2, false)),
                share(.12, "faq", new FaqReading(world, .3)),
                share(.1, "closed book", new ClosedBook(world, .4, false)));
    }

    static List<Check> checks(World world) {
        ReadingSpec one = facts(1, 1).withHeldOutQuestions();
        ReadingSpec four = facts(4, 4).withOpen(.3).withHeldOutQuestions();
        ReadingSpec abstaining = facts(1, 4)
                .withScenes(.25, .35, .2, .2)
                .withUnanswerable(.4)
                .withOpen(.3)
                .withHeldOutQuestions();
        return List.of(
                check("read 1 fact", new Reading(world, one), 0),
                check("read 1 open relation", new Reading(world, one.withOpen(1)), 0),
                check("read 4 facts", new Reading(world, four), 0),
                check("4 subjects of one relation", new Reading(world, four.withScenes(1, 0, 0, 0)), 0),
                check("confusable names", new Reading(world, four.withScenes(1, 0, 0, 1)), 0),
                check("4 facts of one subject", new Reading(world, four.withScenes(0, 1, 0, 0)), 0),
                check("with abstention", new Reading(world, abstaining), 0),
                check("family", new FamilyReading(world, .3, .15, true), 0),
                check("question-and-answer passages", new FaqReading(world, .3), 0),
                check("closed book", new ClosedBook(world, .4, true), 0));
    }

    private Phase phase(String name, List<Share> mixture, double millions, double adamRate, Check check) {
        return new Phase(name, mixture, tokens(millions), MUON_RATE, adamRate, Decay.CONSTANT, check);
    }

    private long tokens(double millions) {
        return Math.max(1, Math.round(millions * 1e6 * scale));
    }

    private static Check check(String name, SampleSource source, double atLeast) {
        return new Check(name, source, CHECKED, atLeast);
    }

    private static Share share(double weight, String name, SampleSource source) {
        return new Share(name, source, weight);
    }
}
