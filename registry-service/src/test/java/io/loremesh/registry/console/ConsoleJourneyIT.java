package io.loremesh.registry.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.DriftFinding;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListDriftMeasurementsRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.drift.ScriptedGenerator;
import io.loremesh.registry.drift.WatchedParts;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A person's way through the console, in a real browser, on a registry with its real database, its real Kafka and its
 * own drift monitor; only the generator is scripted. Screenshots lie in {@code target/console}.
 */
@QuarkusTest
@QuarkusTestResource(value = WatchedParts.class, restrictToAnnotatedClass = true)
class ConsoleJourneyIT {
    private static final Path SCREENSHOTS = Path.of("target/console");
    /** A few intervals of the monitor, on a machine that has other things to do. */
    private static final double PATIENCE_MILLIS = 45_000;

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @ConfigProperty(name = "quarkus.grpc.clients.generator.test-port")
    int generatorPort;

    @Inject
    LedgerWriter evaluation;

    private RegistryCaller registry;
    private KafkaCaller kafka;
    private ScriptedGenerator generator;
    private Chromium chromium;
    private ConsoleTab tab;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
        kafka = new KafkaCaller(bootstrap);
        generator = new ScriptedGenerator(generatorPort);
        chromium = Chromium.start();
        tab = tab(ConsoleTab.DESKTOP);
    }

    @AfterEach
    void close() {
        if (chromium != null) {
            chromium.close();
        }
        generator.close();
        kafka.close();
        registry.close();
    }

    private ConsoleTab tab(Browser.NewContextOptions options) {
        return new ConsoleTab(
                chromium,
                options,
                "%s:%d".formatted(address.getHost(), address.getPort()),
                SCREENSHOTS,
                PATIENCE_MILLIS);
    }

    @Test
    void aVersionIsReadPromotedWatchedAndRolledBack() {
        Showcase shown = Showcase.of(registry, evaluation, "journey");
        registry.calls()
                .aliases()
                .setAlias(SetAliasRequest.newBuilder()
                        .setModel("models/journey")
                        .setAlias("active")
                        .setVersion(shown.name(1))
                        .setActor("tester")
                        .setReason("the first")
                        .build());
        shown.tellRun(kafka, 2);
        try (var caller = new ConsoleCaller(address)) {
            Eventually.holds(() -> assertThat(caller.read("/%s/progress".formatted(shown.run(2))))
                    .hasSize(Showcase.STEPS));
        }

        lookAtTheFamily();
        lookAtAVersion(shown);
        promoteByKeyboard(shown);
        watchItBeingMeasured();
        rollItBackByHand(shown);
        seeTheMonitorRollItBack(shown);

        assertThat(tab.complaints()).as("what the browser complained about").isEmpty();
    }

    private void lookAtTheFamily() {
        tab.go("#/models/journey");
        assertThat(tab.heading("Versions of models/journey")).isVisible();
        assertThat(tab.image("What grew from what in models/journey")).isVisible();
        assertThat(tab.versionRow(1)).containsText("active");
        tab.keep("1-versions");
    }

    private void lookAtAVersion(Showcase shown) {
        tab.versionRow(2).getByRole(AriaRole.LINK).first().click();
        assertThat(tab.title()).containsText("v2");
        assertThat(tab.row("Gates", "factual_consistency")).containsText("≥ 0.85");
        assertThat(tab.page().getByText("1 gained")).isVisible();
        assertThat(tab.page().getByText("1 lost")).isVisible();
        assertThat(tab.row("lost", shown.lost.getQuestion())).containsText("海港");
        assertThat(tab.image("Norm of the adapter's change by layer and module"))
                .isVisible();
        assertThat(tab.image("Loss and speed by training step")).isVisible();
        tab.keep("2-version");
    }

    private void promoteByKeyboard(Showcase shown) {
        tab.button("Promote").focus();
        tab.page().keyboard().press("Enter");
        assertThat(tab.dialog()).containsText(shown.name(2));
        assertThat(tab.page().getByLabel("Who")).isFocused();
        tab.keep("3-promote");
        tab.page().keyboard().press("Escape");
        assertThat(tab.button("Promote")).isFocused();
        tab.page().keyboard().press("Enter");
        tab.sign("it knows more", "Promote");
        assertThat(tab.button("Roll back")).isVisible();
        assertThat(tab.title()).containsText("active");
        assertThat(tab.page().locator(".voice")).containsText("Done: Promote " + shown.name(2));
        assertThat(registry.calls()
                        .audit()
                        .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                                .setSubject(shown.name(2))
                                .setAction(AuditAction.AUDIT_ACTION_ALIAS_MOVED)
                                .build())
                        .getEntriesList())
                .anySatisfy(entry -> {
                    assertThat(entry.getActor()).isEqualTo("ada");
                    assertThat(entry.getReason()).isEqualTo("it knows more");
                });
    }

    private void watchItBeingMeasured() {
        tab.go("#/drift/journey");
        assertThat(tab.heading("Drift of models/journey")).isVisible();
        assertThat(tab.row("Measurements", "v2").first()).containsText("steady");
        assertThat(tab.image("Divergence on neutral questions (nats per token)"))
                .isVisible();
        tab.keep("4-drift");
    }

    private void rollItBackByHand(Showcase shown) {
        tab.button("Roll back").click();
        assertThat(tab.dialog()).containsText("%s stops answering, and %s".formatted(shown.name(2), shown.name(1)));
        tab.sign("a user complained", "Roll back");
        assertThat(tab.row("Moves of aliases", "a user complained")).isVisible();
        assertThat(tab.page().getByText("Answers now: v1")).isVisible();
        tab.keep("5-rolled-back");
    }

    private void seeTheMonitorRollItBack(Showcase shown) {
        tab.go("#/models/journey/versions/2");
        tab.button("Promote").click();
        tab.sign("once more", "Promote");
        awaitABaseline();
        generator.diverge(shown.name(2), 0.5);
        tab.go("#/drift/journey");
        assertThat(tab.row("Measurements", "rolled back").first()).isVisible();
        assertThat(tab.row("Moves of aliases", "drift monitor").first()).containsText("drift: mean KL");
        tab.keep("6-rolled-back-by-itself");
    }

    /** Drift is told against what was measured since the last move. */
    private void awaitABaseline() {
        long move = registry.calls()
                .aliases()
                .listAliasMoves(ListAliasMovesRequest.newBuilder()
                        .setModel("models/journey")
                        .setAlias("active")
                        .build())
                .getMoves(0)
                .getSequence();
        Eventually.holds(() -> assertThat(registry.calls()
                        .drift()
                        .listDriftMeasurements(ListDriftMeasurementsRequest.newBuilder()
                                .setParent("models/journey")
                                .build())
                        .getMeasurementsList())
                .anyMatch(measured ->
                        measured.getMove() == move && measured.getFinding() == DriftFinding.DRIFT_FINDING_STEADY));
    }

    @Test
    void factsAreTextWhateverTheySay() {
        Showcase shown = Showcase.of(registry, evaluation, "hostile");

        tab.go("#/facts");
        tab.page().getByRole(AriaRole.SEARCHBOX).fill("hostile");
        tab.page().keyboard().press("Enter");
        assertThat(tab.row("Facts", shown.gained.getQuestion())).containsText(Showcase.HOSTILE);
        tab.keep("7-facts");
        tab.page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(shown.gained.getQuestion()))
                .click();
        assertThat(tab.page().locator(".answer")).hasText(Showcase.HOSTILE);
        assertThat(tab.row("What each version knows of it", shown.name(2))).containsText("learned");
        tab.button("Erase from hostile").click();
        assertThat(tab.dialog()).containsText(shown.gained.getName());
        tab.keep("8-erase");
        tab.sign("it was a trick", "Erase");
        assertThat(tab.heading("Proof")).isVisible();
        assertThat(tab.title()).containsText("retracted");
        tab.keep("9-erased");

        assertThat(tab.page().locator("img")).hasCount(0);
        assertThat(tab.page().title()).isEqualTo("Fact · Loremesh");
        assertThat(tab.complaints()).as("what the browser complained about").isEmpty();
    }

    @Test
    void liveAnswersAppearInEitherLanguageAndOnASmallDarkScreen() {
        Showcase shown = Showcase.of(registry, evaluation, "live");
        tab = tab(new Browser.NewContextOptions()
                .setLocale("zh-CN")
                .setColorScheme(ColorScheme.DARK)
                .setViewportSize(390, 844));

        tab.go("#/live");
        assertThat(tab.heading("实时回答")).isVisible();
        assertThat(tab.page().locator("html")).hasAttribute("lang", "zh");
        // The consumer begins at the end of a topic that it may not have found yet.
        Eventually.holds(() -> {
            shown.tellAnswer(kafka, io.loremesh.proto.generator.v1.Path.PATH_WEIGHTS, "谁守灯塔？", Showcase.HOSTILE);
            shown.tellAnswer(kafka, io.loremesh.proto.generator.v1.Path.PATH_ABSTAINED, "Who else?", "unknown");
            assertThat(tab.row("最新回答", "谁守灯塔？").first().isVisible()).isTrue();
        });
        assertThat(tab.row("按路径", "权重")).containsText("34");
        tab.keep("10-live");
        tab.page().getByLabel("语言").selectOption("en");
        assertThat(tab.heading("Live answers")).isVisible();
        assertThat(tab.page().locator("html")).hasAttribute("lang", "en");
        assertThat(tab.page().locator("img")).hasCount(0);
        assertThat(tab.complaints()).as("what the browser complained about").isEmpty();
    }

    @Test
    void theKeyboardComesToTheContentFirst() {
        Showcase.of(registry, evaluation, "keys");

        tab.go("#/models/keys");
        assertThat(tab.heading("Versions of models/keys")).isVisible();
        tab.page().keyboard().press("Tab");
        assertThat(tab.page().getByText("Skip to the content")).isFocused();
        tab.page().keyboard().press("Enter");
        assertThat(tab.page().locator("main")).isFocused();
        tab.versionRow(2).getByRole(AriaRole.LINK).first().press("Enter");
        assertThat(tab.title()).containsText("v2");
        assertThat(tab.page().locator("main")).isFocused();
        assertThat(tab.page().title()).isEqualTo("Version · Loremesh");
    }
}
