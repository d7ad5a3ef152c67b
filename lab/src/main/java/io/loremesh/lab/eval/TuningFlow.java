package io.loremesh.lab.eval;

import io.loremesh.cli.ask.Asking;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.Lesson;
import io.loremesh.cli.teach.RecordedFacts;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.tune.TuningRun;
import io.loremesh.cli.version.VersionJudgement;
import io.loremesh.lab.eval.Tuned.Recalled;
import io.loremesh.lab.metric.Answered;
import io.loremesh.lab.suite.Ability;
import io.loremesh.lab.suite.BaseSuite;
import io.loremesh.lab.suite.NewFact;
import io.loremesh.lab.suite.Probe;
import io.loremesh.lab.suite.TuningSuite;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.generator.v1.Routing;
import io.loremesh.proto.generator.v1.UnloadVersionRequest;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.proto.trainer.v1.Hyperparameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A fine-tune as the mesh does it, from the events that teach its facts to the gates; then its version is asked, by
 * name and from the weights alone, what it has learned, what it knew and what it must not answer. Each begins with the
 * bare base, and its facts are retracted at its end: the next one finds the mesh as empty as the first.
 */
final class TuningFlow {
    private final TuningSuite suite;
    private final BaseSuite base;
    private final int n;
    private final int steps;
    private final MeshClients clients;
    private final KnowledgePublisher publisher;
    private final Terminal terminal;

    /**
     * @param n questions of each kind in each language, besides those about the facts themselves
     * @param steps optimiser steps of a fine-tune at most; 0 for the trainer's default, which shows each fact some 360
     *     times in as few
     */
    TuningFlow(
            WorldSeeds seeds, int n, int steps, MeshClients clients, KnowledgePublisher publisher, Terminal terminal) {
        this.suite = new TuningSuite(seeds);
        this.base = new BaseSuite(seeds);
        this.n = n;
        this.steps = steps;
        this.clients = clients;
        this.publisher = publisher;
        this.terminal = terminal;
    }

    /** @throws io.loremesh.cli.terminal.Failure if a part of the mesh does not do its own */
    Tuned run(Tuning tuning) throws InterruptedException {
        List<NewFact> facts = tuning.facts(suite);
        List<Lesson> lessons = lessons(tuning, facts);
        teach(lessons);
        TuningRun run = TuningRun.complete(clients, request(lessons), terminal);
        Version version = VersionJudgement.of(clients, run.run().getVersion(), List.of(), terminal);
        List<Recalled> answers = Questioning.all(questions(tuning, facts, version.getName()), terminal);
        forget(lessons, version.getName());
        return new Tuned(tuning, run.run().getProgress().getStep(), version.getVerdict(), answers);
    }

    private void teach(List<Lesson> lessons) throws InterruptedException {
        publisher.publish(lessons);
        RecordedFacts.await(clients, lessons.stream().map(Lesson::subject).collect(Collectors.toSet()));
    }

    private CreateRunRequest request(List<Lesson> lessons) {
        return CreateRunRequest.newBuilder()
                .addAllFacts(lessons.stream().map(Lesson::subject).toList())
                .setHyperparameters(Hyperparameters.newBuilder().setMaxSteps(steps))
                .build();
    }

    private void forget(List<Lesson> lessons, String version) throws InterruptedException {
        publisher.publish(lessons.stream()
                .map(lesson -> Lesson.retraction(lesson.subject(), "its fine-tune is measured"))
                .toList());
        RecordedFacts.awaitNone(clients);
        clients.generator()
                .unloadVersion(
                        UnloadVersionRequest.newBuilder().setVersion(version).build());
    }

    /**
     * Named after the fine-tune: by its question a fact of one family would be taken for a correction of another one's.
     */
    private static List<Lesson> lessons(Tuning tuning, List<NewFact> facts) {
        return IntStream.range(0, facts.size())
                .mapToObj(i -> fact("facts/%s-%d".formatted(tuning.id(), i + 1), facts.get(i)))
                .map(Lesson::of)
                .toList();
    }

    static Fact fact(String name, NewFact fact) {
        return Fact.newBuilder()
                .setName(name)
                .setQuestion(fact.trained().getFirst())
                .addAllPhrasings(fact.trained().stream().skip(1).toList())
                .addAllHeldoutPhrasings(fact.heldOut())
                .setAnswer(fact.answer())
                .setLanguage(fact.language().name().toLowerCase(Locale.ROOT))
                .setSubject(fact.claim().subject())
                .setRelation(fact.claim().relation().id())
                .build();
    }

    private List<Callable<Recalled>> questions(Tuning tuning, List<NewFact> facts, String version) {
        var questions = new ArrayList<Callable<Recalled>>();
        for (Language language : Language.values()) {
            List<NewFact> own =
                    facts.stream().filter(fact -> fact.language() == language).toList();
            for (NewFact fact : own) {
                add(Recall.HELD_OUT, language, fact.heldOutProbes(), version, questions);
                add(Recall.TRAINED, language, fact.trainedProbes(), version, questions);
            }
            switch (tuning) {
                case Tuning.Facts strangers -> {
                    add(Recall.OLD, language, base(Ability.KNOWN_FACT, language), version, questions);
                    add(Recall.UNKNOWN, language, base(Ability.UNKNOWN_SUBJECT, language), version, questions);
                    add(Recall.NEIGHBOUR, language, suite.neighbours(own, n, strangers.draw()), version, questions);
                }
                case Tuning.Family family -> {
                    // What a fine-tune takes away is measured on the larger ones.
                }
            }
        }
        return questions;
    }

    private List<Probe> base(Ability ability, Language language) {
        return base.probes(ability, language, n, BaseFlow.DRAWS);
    }

    private void add(
            Recall recall, Language language, List<Probe> probes, String version, List<Callable<Recalled>> questions) {
        for (Probe probe : probes) {
            questions.add(() -> new Recalled(recall, language, new Answered(probe.accepted(), answer(probe, version))));
        }
    }

    /** As the registry's own probes ask. */
    private String answer(Probe probe, String version) {
        var request = GenerateAnswerRequest.newBuilder()
                .setQuestion(probe.question())
                .setVersion(version)
                .setRouting(Routing.ROUTING_WEIGHTS)
                .setUnrecorded(true)
                .build();
        return Asking.ask(clients.generator(), request, delta -> {}).answer().getText();
    }
}
