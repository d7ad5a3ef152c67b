package io.loremesh.cli.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.options.AriaRole;
import io.loremesh.cli.ask.Asking;
import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.launch.MeshLayout;
import io.loremesh.cli.launch.Ports;
import io.loremesh.cli.launch.RunningMesh;
import io.loremesh.cli.teach.KnowledgePublisher;
import io.loremesh.cli.teach.Lesson;
import io.loremesh.cli.teach.RecordedFacts;
import io.loremesh.cli.teach.Scenario;
import io.loremesh.cli.teach.TeachCommand;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.cli.tune.TuningRun;
import io.loremesh.cli.version.VersionJudgement;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.GenerateAnswerRequest;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.registry.console.Chromium;
import io.loremesh.registry.console.ConsoleTab;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of knowledge through all four services, seen and steered in the console by a real browser: taught, tuned, compared,
 * promoted, watched, rolled back. Nothing is scripted. Screenshots lie in {@code target/journey}.
 */
class JourneyIT {
    private static final Path SCREENSHOTS = Path.of("target/journey");
    /** The monitor takes its first measurement half a minute after a promotion. */
    private static final double PATIENCE_MILLIS = 120_000;

    private static final String MODEL = "models/demo";
    private static final String QUESTION = "How old is JIM?";

    private final Terminal terminal = Terminal.standard();

    @TempDir
    Path directory;

    @Test
    void whatIsTaughtIsTunedComparedPromotedWatchedAndRolledBack() throws Exception {
        var executable = Chromium.installed();
        assumeTrue(
                executable.isPresent(),
                "no Chromium is installed, so nobody looked at the console; install one (apt install chromium) or set CHROMIUM");
        Path root = MeshLayout.repository();
        MeshAddress address = Ports.findFree();
        try (var mesh = RunningMesh.startFresh(new MeshLayout(root, directory, address), terminal);
                var clients = new MeshClients(mesh.address());
                var publisher = new KnowledgePublisher(mesh.address(), "/journey");
                var chromium = Chromium.start(executable.get())) {
            ConsoleTab live = tab(chromium, address);
            ConsoleTab tab = tab(chromium, address);
            live.go("#/live");
            assertThat(live.page().getByRole(AriaRole.STATUS).first()).isVisible();

            Set<String> facts = teach(Scenario.read(root.resolve("examples/family.en.json")), publisher, clients);
            assertThat(ask(clients).getText()).isEqualTo("10");
            seeItTaught(tab, live);

            Version version = tune(facts, clients);
            seeWhatChanged(tab, version);

            promote(tab, version);
            assertThat(ask(clients).getVersion()).isEqualTo(version.getName());
            assertThat(live.row("Latest answers", QUESTION).first()).containsText("weights");
            live.keep("4-live");

            seeItWatched(tab);
            rollBack(tab);
            assertThat(ask(clients).getVersion()).isEqualTo(MODEL);
            assertThat(live.row("Latest answers", QUESTION).first()).containsText("retrieval");

            assertThat(List.of(tab.complaints(), live.complaints()))
                    .as("what the browser complained about")
                    .allMatch(List::isEmpty);
        }
    }

    private static ConsoleTab tab(Chromium chromium, MeshAddress address) {
        return new ConsoleTab(
                chromium,
                ConsoleTab.DESKTOP,
                "%s:%d".formatted(address.host(), address.registry()),
                SCREENSHOTS,
                PATIENCE_MILLIS);
    }

    /** Names of the facts. */
    private static Set<String> teach(Scenario scenario, KnowledgePublisher publisher, MeshClients clients)
            throws InterruptedException {
        TeachCommand.awaitIndexed(clients, publisher.publish(scenario.lessons()));
        Set<String> facts = scenario.lessons().stream()
                .map(Lesson::subject)
                .filter(subject -> subject.startsWith("facts/"))
                .collect(Collectors.toSet());
        RecordedFacts.await(clients, facts);
        return facts;
    }

    private static Answer ask(MeshClients clients) {
        var request = GenerateAnswerRequest.newBuilder().setQuestion(QUESTION).build();
        return Asking.ask(clients.generator(), request, delta -> {}).answer();
    }

    private static void seeItTaught(ConsoleTab tab, ConsoleTab live) {
        tab.go("#/facts");
        assertThat(tab.row("Facts", QUESTION)).containsText("10");
        tab.keep("1-taught");
        assertThat(live.row("Latest answers", QUESTION).first()).containsText("retrieval");
    }

    private Version tune(Set<String> facts, MeshClients clients) {
        var request =
                CreateRunRequest.newBuilder().setModel(MODEL).addAllFacts(facts).build();
        TuningRun run = TuningRun.complete(clients, request, terminal);
        Version version = VersionJudgement.of(clients, run.run().getVersion(), List.of(), terminal);
        assertThat(version.getVerdict().getDecision())
                .as("%s", version.getVerdict())
                .isEqualTo(Decision.DECISION_ACCEPTED);
        return version;
    }

    private static void seeWhatChanged(ConsoleTab tab, Version version) {
        tab.go("#/" + version.getName());
        assertThat(tab.title()).containsText("v1");
        assertThat(tab.row("Gates", "factual_consistency")).containsText("yes");
        assertThat(tab.image("Loss and speed by training step")).isVisible();
        assertThat(tab.heading("What changed from demo to v1")).isVisible();
        assertThat(tab.row("gained", QUESTION)).containsText("10");
        assertThat(tab.image("Norm of the adapter's change by layer and module"))
                .isVisible();
        tab.keep("2-version");
    }

    private static void promote(ConsoleTab tab, Version version) {
        tab.button("Promote").click();
        assertThat(tab.dialog()).containsText(version.getName());
        tab.sign("it knows the family", "Promote");
        assertThat(tab.button("Roll back")).isVisible();
        assertThat(tab.title()).containsText("active");
        tab.keep("3-promoted");
    }

    private static void seeItWatched(ConsoleTab tab) {
        tab.go("#/drift/" + MODEL.substring("models/".length()));
        // A fine-tune's KL lies below the warning or a little above, from one to the next; only a rollback would be
        // wrong.
        assertThat(tab.row("Measurements", "v1").first()).containsText(Pattern.compile("steady|warned"));
        tab.keep("5-drift");
    }

    private static void rollBack(ConsoleTab tab) {
        tab.button("Roll back").click();
        tab.sign("a cousin complained", "Roll back");
        assertThat(tab.row("Moves of aliases", "a cousin complained")).isVisible();
        assertThat(tab.page().getByText("Answers now: bare base")).isVisible();
        tab.keep("6-rolled-back");
    }
}
