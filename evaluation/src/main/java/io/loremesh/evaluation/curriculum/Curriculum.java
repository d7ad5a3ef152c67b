package io.loremesh.evaluation.curriculum;

import static io.loremesh.evaluation.curriculum.ReadingSpec.facts;

import io.loremesh.evaluation.curriculum.Phase.Check;
import io.loremesh.evaluation.curriculum.Phase.Decay;
import io.loremesh.evaluation.curriculum.Phase.Share;
import io.loremesh.evaluation.world.World;
import io.loremesh.evaluation.world.WorldSeeds;
import java.util.List;
import java.util.stream.Stream;

/**
 * The order in which the demo base learns: to copy tokens without meaning, to read one fact, several facts, several subjects of one relation (without
 * which picking the right subject stays at chance), and at last everything together with abstaining, families, question-and-answer passages and
 * facts by heart.
 */
public record Curriculum(List<Phase> phases) {

    private static final int CHECKED = 200;

    public Curriculum {
        phases = List.copyOf(phases);
    }

    /** @param scale factor on every phase's budget; 1 is about 24 million tokens */
    public static Curriculum demo(WorldSeeds seeds, int vocabularySize, double scale) {
        World world = new World(seeds);
        Share recall = new Share("recall", new Recall(vocabularySize, .6), 1);
        Share repetition = new Share("repetition", new Repetition(vocabularySize), 1);
        return new Curriculum(List.of(
                new Phase(
                        "P0-copy",
                        List.of(of(.75, "recall", new Recall(vocabularySize, 0)), of(.25, repetition)),
                        budget(1.1, scale),
                        .02,
                        4e-3,
                        Decay.CONSTANT,
                        new Check("recall", recall.source(), CHECKED, .6)),
                new Phase(
                        "P1-read",
                        List.of(
                                of(
                                        .85,
                                        "read 1-3",
                                        new Reading(
                                                world,
                                                facts(1, 3)
                                                        .withScenes(.3, .1, 0, 0)
                                                        .withUnanswerable(.1)
                                                        .withOpen(.4))),
                                of(.1, recall),
                                of(.05, repetition)),
                        budget(1.0, scale),
                        .02,
                        4e-3,
                        Decay.CONSTANT,
                        new Check("read 1 fact", new Reading(world, facts(1, 1).withOpen(.4)), CHECKED, .7)),
                new Phase(
                        "P2-several",
                        List.of(
                                of(
                                        .5,
                                        "read 1-4",
                                        new Reading(
                                                world,
                                                facts(1, 4)
                                                        .withScenes(.4, .3, .1, 0)
                                                        .withUnanswerable(.25)
                                                        .withOpen(.35)
                                                        .withForms(.1, .05, .03, .01))),
                                of(.2, "family", new FamilyReading(world, .25, .1, false)),
                                of(.1, "faq", new FaqReading(world, .2)),
                                of(.15, recall),
                                of(.02, repetition)),
                        budget(1.0, scale),
                        .02,
                        4e-3,
                        Decay.CONSTANT,
                        new Check("read 3 facts", new Reading(world, facts(3, 3).withOpen(.35)), CHECKED, .4)),
                new Phase(
                        "P2s-subjects",
                        List.of(
                                of(
                                        .6,
                                        "one relation",
                                        new Reading(
                                                world,
                                                facts(2, 4)
                                                        .withScenes(1, 0, 0, 0)
                                                        .withOpen(.4))),
                                of(.2, recall),
                                of(
                                        .18,
                                        "read 1-4",
                                        new Reading(
                                                world,
                                                facts(1, 4)
                                                        .withScenes(.3, .3, .2, 0)
                                                        .withUnanswerable(.2)
                                                        .withOpen(.35)
                                                        .withForms(.1, .05, .03, .01))),
                                of(.02, repetition)),
                        budget(5.5, scale),
                        .02,
                        3e-3,
                        Decay.CONSTANT,
                        new Check(
                                "4 subjects of one relation",
                                new Reading(
                                        world,
                                        facts(4, 4).withScenes(1, 0, 0, 0).withOpen(.4)),
                                CHECKED,
                                .5)),
                new Phase(
                        "P3-all",
                        with(everyday(world), of(.05, recall), of(.01, repetition)),
                        budget(15.5, scale),
                        .02,
                        3e-3,
                        Decay.LINEAR,
                        new Check(
                                "read 1-4, held-out questions",
                                new Reading(
                                        world,
                                        facts(1, 4)
                                                .withScenes(.25, .35, .2, .2)
                                                .withUnanswerable(.3)
                                                .withOpen(.4)
                                                .withForms(.2, .1, .05, 0)
                                                .withHeldOutQuestions()),
                                2 * CHECKED,
                                .6))));
    }

    /** Samples of all that has words, in the proportions of the last phase. */
    public static SampleSource everything(World world) {
        return new Phase(
                "everything", everyday(world), 1, 0, 0, Decay.CONSTANT, check("none", random -> new Sample(List.of())));
    }

    private static List<Share> everyday(World world) {
        return List.of(
                of(
                        .34,
                        "read 1-4",
                        new Reading(
                                world,
                                facts(1, 4)
                                        .withScenes(.25, .35, .2, .25)
                                        .withUnanswerable(.33)
                                        .withOpen(.4)
                                        .withForms(.2, .1, .08, .04))),
                of(
                        .2,
                        "one relation",
                        new Reading(
                                world,
                                facts(2, 4)
                                        .withScenes(1, 0, 0, .35)
                                        .withUnanswerable(.28)
                                        .withOpen(.4)
                                        .withForms(.1, .05, .05, .02))),
                of(.18, "family", new FamilyReading(world, .3, .2, false)),
                of(.12, "faq", new FaqReading(world, .3)),
                of(.1, "closed book", new ClosedBook(world, .4, false)));
    }

    private static List<Share> with(List<Share> shares, Share... more) {
        return Stream.concat(shares.stream(), Stream.of(more)).toList();
    }

    /** The abilities measured by teacher forcing during pre-training; question templates are held out. */
    public static List<Check> checks(WorldSeeds seeds) {
        World world = new World(seeds);
        ReadingSpec one = facts(1, 1).withHeldOutQuestions();
        return List.of(
                check("read 1 fact", new Reading(world, one)),
                check("read 1 open relation", new Reading(world, one.withOpen(1))),
                check(
                        "read 3-4 facts",
                        new Reading(world, facts(3, 4).withOpen(.3).withHeldOutQuestions())),
                check(
                        "4 subjects of one relation",
                        new Reading(
                                world,
                                facts(4, 4).withScenes(1, 0, 0, 0).withOpen(.3).withHeldOutQuestions())),
                check(
                        "confusable names",
                        new Reading(
                                world,
                                facts(3, 4).withScenes(1, 0, 0, 1).withOpen(.3).withHeldOutQuestions())),
                check(
                        "4 facts of one subject",
                        new Reading(
                                world,
                                facts(4, 4).withScenes(0, 1, 0, 0).withOpen(.3).withHeldOutQuestions())),
                check(
                        "with abstention",
                        new Reading(
                                world,
                                facts(1, 4)
                                        .withScenes(.25, .35, .2, .2)
                                        .withUnanswerable(.4)
                                        .withOpen(.3)
                                        .withHeldOutQuestions())),
                check("family", new FamilyReading(world, .3, .15, true)),
                check("question-and-answer passages", new FaqReading(world, .3)),
                check("closed book", new ClosedBook(world, .4, true)));
    }

    /** The budgets of all phases together. */
    public long tokens() {
        return phases.stream().mapToLong(Phase::tokens).sum();
    }

    private static Check check(String name, SampleSource source) {
        return new Check(name, source, CHECKED, 0);
    }

    private static Share of(double weight, String name, SampleSource source) {
        return new Share(name, source, weight);
    }

    private static Share of(double weight, Share share) {
        return new Share(share.name(), share.source(), weight);
    }

    private static long budget(double millions, double scale) {
        return Math.max(1, Math.round(millions * 1e6 * scale));
    }
}
