package io.loremesh.lab.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import io.loremesh.cli.connect.MeshAddress;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.console.Chromium;
import io.loremesh.registry.console.ConsoleTab;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of knowledge through all four services, seen and steered in the console by a real browser: taught, tuned,
 * compared, promoted, watched, rolled back. Nothing is scripted. Screenshots lie in {@code target/journey}.
 */
class SteeredJourneyIT {
    private static final Path SCREENSHOTS = Path.of("target/journey");
    /** The monitor takes its first measurement half a minute after a promotion. */
    private static final double PATIENCE_MILLIS = 120_000;

    /** As few as make a version to look at, the one that is asked among them: each fact takes its time. */
    private static final int TUNED = 3;

    private static final String QUESTION = "How old is JIM?";

    @TempDir
    Path directory;

    @Test
    void whatIsTaughtIsTunedComparedPromotedWatchedAndRolledBack() throws Exception {
        try (var chromium = Chromium.start();
                var mesh = FamilyMesh.start(directory)) {
            ConsoleTab live = tab(chromium, mesh.address());
            ConsoleTab tab = tab(chromium, mesh.address());
            live.go("#/live");
            assertThat(live.page().getByRole(AriaRole.STATUS).first()).isVisible();

            mesh.teach();
            assertThat(mesh.ask(QUESTION).getText()).isEqualTo("10");
            seeItTaught(tab, live);

            Version version = mesh.tune(mesh.family().facts().subList(0, TUNED));
            seeWhatChanged(tab, version);

            promote(tab, version);
            assertThat(mesh.ask(QUESTION).getVersion()).isEqualTo(version.getName());
            assertThat(live.row("Latest answers", QUESTION).first()).containsText("weights");
            live.keep("4-live");

            seeItWatched(tab);
            rollBack(tab);
            assertThat(mesh.ask(QUESTION).getVersion()).isEqualTo(FamilyMesh.MODEL);
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

    private static void seeItTaught(ConsoleTab tab, ConsoleTab live) {
        tab.go("#/facts");
        assertThat(tab.row("Facts", QUESTION)).containsText("10");
        tab.keep("1-taught");
        assertThat(live.row("Latest answers", QUESTION).first()).containsText("retrieval");
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
        tab.go("#/drift/" + FamilyMesh.MODEL.substring("models/".length()));
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
