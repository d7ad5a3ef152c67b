package io.loremesh.lab.demo;

import io.loremesh.cli.ask.Asking;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.cli.launch.RunningMesh;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.Lesson;
import io.loremesh.cli.teach.RecordedFacts;
import io.loremesh.cli.teach.Scenario;
import io.loremesh.cli.teach.TeachCommand;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.tune.TuningRun;
import io.loremesh.cli.version.DiffText;
import io.loremesh.cli.version.Promotion;
import io.loremesh.cli.version.VersionJudgement;
import io.loremesh.cli.version.WholeDiff;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.lab.demo.DemoReport.Diff;
import io.loremesh.lab.demo.DemoReport.Gate;
import io.loremesh.lab.demo.DemoReport.Stage;
import io.loremesh.proto.generator.v1.Routing;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * The story: nobody knows the family; events tell of it and retrieval answers; a fine-tune moves it into the weights;
 * one fact changes and is answered anew at once. Each chapter adds to the report, so that a story that breaks off still
 * has one.
 */
public final class DemoFlow {
    private static final Duration TO_ANSWER = Duration.ofSeconds(30);

    private final RunningMesh mesh;
    private final MeshClients clients;
    private final KnowledgePublisher publisher;
    private final Terminal terminal;
    private final String model;
    private final List<Scenario> scenarios;
    private final Examination examination;
    private final List<Probe> probes;

    private final List<Stage> stages = new ArrayList<>();
    private List<Gate> gates = List.of();
    private Double eventToAnswer;
    private Double updateToAnswer;
    private Double promotionToAnswer;
    private Double tune;
    private Diff diff;

    public DemoFlow(
            RunningMesh mesh,
            MeshClients clients,
            KnowledgePublisher publisher,
            String model,
            List<Scenario> scenarios,
            Terminal terminal) {
        this.mesh = mesh;
        this.clients = clients;
        this.publisher = publisher;
        this.model = model;
        this.scenarios = scenarios;
        this.terminal = terminal;
        this.examination = new Examination(clients, terminal);
        this.probes = scenarios.stream()
                .flatMap(scenario -> Probe.of(scenario).stream())
                .toList();
    }

    public void run() throws InterruptedException {
        askBeforeTeaching();
        teach();
        Version version = tune();
        promote(version);
        update(version);
        compare(version);
    }

    private void askBeforeTeaching() {
        terminal.heading("1  Before teaching: nobody knows");
        stages.add(
                examination.ask("before", probes.stream().map(Probe::untaught).toList(), ""));
    }

    private void teach() throws InterruptedException {
        terminal.heading("2  Taught by events: retrieval answers");
        publisher.warmUp(Topics.KNOWLEDGE);
        for (Scenario scenario : scenarios) {
            long begin = System.nanoTime();
            Map<Integer, Long> next = publisher.publish(scenario.lessons());
            Optional<Double> seconds = secondsToRightAnswer(begin, trainedProbes(scenario));
            terminal.line(
                    "  %s: %d events; first right answer %s",
                    scenario.language(), scenario.lessons().size(), after(seconds));
            eventToAnswer = slowest(eventToAnswer, seconds);
            TeachCommand.awaitIndexed(clients, next);
        }
        stages.add(examination.ask("taught", probes, ""));
    }

    private Version tune() {
        terminal.heading("3  Tuned: from the fast memory into the weights");
        Set<String> facts = factNames();
        RecordedFacts.await(clients, facts);
        var request =
                CreateRunRequest.newBuilder().setModel(model).addAllFacts(facts).build();
        TuningRun tuning = TuningRun.complete(clients, request, terminal);
        tune = seconds(tuning.duration());
        terminal.line("  %s made in %.1f s", VersionNames.brief(tuning.run().getVersion()), tune);
        terminal.heading("4  Judged: every fact is probed through the serving engine");
        List<String> unknowable = scenarios.stream()
                .flatMap(scenario -> scenario.unknowable().stream())
                .toList();
        Version version = VersionJudgement.of(clients, tuning.run().getVersion(), unknowable, terminal);
        gates = version.getVerdict().getGatesList().stream().map(Gate::of).toList();
        return version;
    }

    /** A rejected version is not made active; it is asked all the same, to show what it knows. */
    private void promote(Version version) {
        if (version.getVerdict().getDecision() != Decision.DECISION_ACCEPTED) {
            terminal.heading("5  Not promoted: the gates rejected it; asked by name");
            stages.add(examination.ask("tuned", probes, version.getName()));
            askTheWeightsAlone(version);
            return;
        }
        terminal.heading("5  Promoted: the weights answer");
        long begin = System.nanoTime();
        Promotion.promote(clients, version, "mesh demo", false);
        Optional<Double> seconds = secondsToAnswer(
                begin, probes, (probe, asking) -> asking.answer().getVersion().equals(version.getName()));
        promotionToAnswer = seconds.orElse(null);
        terminal.line("  first answer of %s %s", VersionNames.brief(version.getName()), after(seconds));
        stages.add(examination.ask("tuned", probes, ""));
        askTheWeightsAlone(version);
    }

    /** A question that the router does not recognise is retrieved, however well the weights know it. */
    private void askTheWeightsAlone(Version version) {
        terminal.line("  The weights alone, in words that they were not trained on:");
        List<Probe> paraphrases = probes.stream()
                .filter(probe -> probe.phrasing() == Probe.Phrasing.HELDOUT)
                .toList();
        stages.add(examination.ask("weights", paraphrases, version.getName(), Routing.ROUTING_WEIGHTS));
    }

    private void update(Version version) throws InterruptedException {
        boolean active = promotionToAnswer != null;
        terminal.heading("6  A fact changes: the learned answer is stale at once");
        List<Probe> changed = probes;
        for (Scenario scenario : scenarios) {
            if (scenario.update() == null) {
                continue;
            }
            List<Probe> askedAnew = trainedProbes(scenario).stream()
                    .filter(probe -> probe.id().equals(scenario.update().fact()))
                    .map(probe -> probe.updated(scenario))
                    .toList();
            long begin = System.nanoTime();
            publisher.publish(scenario.updateLessons());
            Optional<Double> seconds = secondsToRightAnswer(begin, askedAnew);
            terminal.line(
                    "  %s %s → %s %s",
                    askedAnew.getFirst().question(),
                    scenario.changedFact().orElseThrow().answer(),
                    scenario.update().answer(),
                    after(seconds));
            updateToAnswer = slowest(updateToAnswer, seconds);
            changed = changed.stream().map(probe -> probe.updated(scenario)).toList();
        }
        stages.add(examination.ask("updated", changed, active ? "" : version.getName()));
    }

    private void compare(Version version) {
        terminal.heading("7  What changed in the weights");
        KnowledgeDiff knowledge = WholeDiff.between(clients, model, version.getName());
        DiffText.print(knowledge, terminal);
        diff = Diff.of(knowledge);
    }

    /** What the story has shown so far. */
    public DemoReport report() throws IOException {
        return new DemoReport(
                List.copyOf(stages),
                eventToAnswer,
                updateToAnswer,
                promotionToAnswer,
                tune,
                seconds(mesh.startTime()),
                mesh.residentMiB(),
                gates,
                diff);
    }

    private List<Probe> trainedProbes(Scenario scenario) {
        return Probe.of(scenario).stream()
                .filter(probe -> probe.phrasing() == Probe.Phrasing.TRAINED)
                .toList();
    }

    private Set<String> factNames() {
        var names = new HashSet<String>();
        scenarios.stream()
                .flatMap(scenario -> scenario.lessons().stream())
                .filter(lesson -> lesson.type() == EventType.FACT_RECORDED)
                .map(Lesson::subject)
                .forEach(names::add);
        return names;
    }

    private Optional<Double> secondsToRightAnswer(long begin, List<Probe> asked) {
        return secondsToAnswer(begin, asked, (probe, asking) -> probe.isRight(asking.answer()));
    }

    /** Asks in turn until an answer is as wanted. Empty where none was in time. */
    private Optional<Double> secondsToAnswer(long begin, List<Probe> asked, BiPredicate<Probe, Asking> wanted) {
        Iterator<Probe> turns =
                Stream.generate(asked::stream).flatMap(turn -> turn).iterator();
        while (System.nanoTime() - begin < TO_ANSWER.toNanos()) {
            Probe probe = turns.next();
            if (wanted.test(probe, examination.ask(probe, ""))) {
                return Optional.of(seconds(Duration.ofNanos(System.nanoTime() - begin)));
            }
        }
        return Optional.empty();
    }

    private static String after(Optional<Double> seconds) {
        return seconds.map("after %.2f s"::formatted).orElse("not within " + TO_ANSWER.toSeconds() + " s");
    }

    private static Double slowest(Double soFar, Optional<Double> seconds) {
        return seconds.map(now -> soFar == null ? now : Double.valueOf(Math.max(soFar, now)))
                .orElse(null);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
