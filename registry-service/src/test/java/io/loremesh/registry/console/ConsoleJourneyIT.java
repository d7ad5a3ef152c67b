package io.loremesh.registry.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A person's way through the console, in a real browser, on a registry with its real database, its real Kafka and its own drift
 * monitor; only the generator is scripted. Screenshots lie in {@code target/console}.
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

    private final List<String> complaints = new ArrayList<>();
    private RegistryCaller registry;
    private KafkaCaller kafka;
    private ScriptedGenerator generator;
    private Chromium chromium;
    private Page page;

    @BeforeEach
    void open() {
        var executable = Chromium.installed();
        assumeTrue(
                executable.isPresent(),
                "no Chromium is installed, so nobody looked at the console; install one (apt install chromium) or set CHROMIUM");
        registry = new RegistryCaller(address);
        kafka = new KafkaCaller(bootstrap);
        generator = new ScriptedGenerator(generatorPort);
        chromium = Chromium.start(executable.get());
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page = tab(new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1280, 900));
    }

    @AfterEach
    void close() {
        if (chromium != null) {
            chromium.close();
            generator.close();
            kafka.close();
            registry.close();
        }
    }

    private Page tab(Browser.NewContextOptions options) {
        BrowserContext context = chromium.browser().newContext(options);
        Page tab = context.newPage();
        tab.setDefaultTimeout(PATIENCE_MILLIS);
        tab.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        tab.onPageError(complaints::add);
        return tab;
    }

    private void go(String fragment) {
        page.navigate("http://%s:%d/console%s".formatted(address.getHost(), address.getPort(), fragment));
    }

    private void keep(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    private Locator row(String table, String text) {
        return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table))
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(text));
    }

    private Locator versionRow(int number) {
        return page.getByRole(
                AriaRole.ROW, new Page.GetByRoleOptions().setName(Pattern.compile("^v%d\\b".formatted(number))));
    }

    private void sign(String reason, String action) {
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Who").fill("ada");
        dialog.getByLabel("Why").fill(reason);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(action))
                .click();
        assertThat(dialog).isHidden();
    }

    @Test
    void aVersionIsReadPromotedWatchedAndRolledBack() {
        Showcase shown = Showcase.of(registry, evaluation, "journey");
        registry.calls()
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

        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    private void lookAtTheFamily() {
        go("#/models/journey");
        assertThat(heading("Versions of models/journey")).isVisible();
        assertThat(page.getByRole(
                        AriaRole.IMG, new Page.GetByRoleOptions().setName("What grew from what in models/journey")))
                .isVisible();
        assertThat(versionRow(1)).containsText("active");
        keep("1-versions");
    }

    private void lookAtAVersion(Showcase shown) {
        versionRow(2).getByRole(AriaRole.LINK).first().click();
        assertThat(page.locator("h1")).containsText("v2");
        assertThat(row("Gates", "factual_consistency")).containsText("≥ 0.85");
        assertThat(page.getByText("1 gained")).isVisible();
        assertThat(page.getByText("1 lost")).isVisible();
        assertThat(row("lost", shown.lost.getQuestion())).containsText("海港");
        assertThat(page.getByRole(
                        AriaRole.IMG,
                        new Page.GetByRoleOptions().setName("Norm of the adapter's change by layer and module")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Loss and speed by training step")))
                .isVisible();
        keep("2-version");
    }

    private void promoteByKeyboard(Showcase shown) {
        button("Promote").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText(shown.name(2));
        assertThat(page.getByLabel("Who")).isFocused();
        keep("3-promote");
        page.keyboard().press("Escape");
        assertThat(button("Promote")).isFocused();
        page.keyboard().press("Enter");
        sign("it knows more", "Promote");
        assertThat(button("Roll back")).isVisible();
        assertThat(page.locator("h1")).containsText("active");
        assertThat(page.locator(".voice")).containsText("Done: Promote " + shown.name(2));
        assertThat(registry.calls()
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
        go("#/drift/journey");
        assertThat(heading("Drift of models/journey")).isVisible();
        assertThat(row("Measurements", "v2").first()).containsText("steady");
        assertThat(page.getByRole(
                        AriaRole.IMG,
                        new Page.GetByRoleOptions().setName("Divergence on neutral questions (nats per token)")))
                .isVisible();
        keep("4-drift");
    }

    private void rollItBackByHand(Showcase shown) {
        button("Roll back").click();
        assertThat(page.getByRole(AriaRole.DIALOG))
                .containsText("%s stops answering, and %s".formatted(shown.name(2), shown.name(1)));
        sign("a user complained", "Roll back");
        assertThat(row("Moves of aliases", "a user complained")).isVisible();
        assertThat(page.getByText("Answers now: v1")).isVisible();
        keep("5-rolled-back");
    }

    private void seeTheMonitorRollItBack(Showcase shown) {
        go("#/models/journey/versions/2");
        button("Promote").click();
        sign("once more", "Promote");
        awaitABaseline();
        generator.diverge(shown.name(2), 0.5);
        go("#/drift/journey");
        assertThat(row("Measurements", "rolled back").first()).isVisible();
        assertThat(row("Moves of aliases", "drift monitor").first()).containsText("drift: mean KL");
        keep("6-rolled-back-by-itself");
    }

    /** Drift is told against what was measured since the last move. */
    private void awaitABaseline() {
        long move = registry.calls()
                .listAliasMoves(ListAliasMovesRequest.newBuilder()
                        .setModel("models/journey")
                        .setAlias("active")
                        .build())
                .getMoves(0)
                .getSequence();
        Eventually.holds(() -> assertThat(registry.calls()
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

        go("#/facts");
        page.getByRole(AriaRole.SEARCHBOX).fill("hostile");
        page.keyboard().press("Enter");
        assertThat(row("Facts", shown.gained.getQuestion())).containsText(Showcase.HOSTILE);
        keep("7-facts");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(shown.gained.getQuestion()))
                .click();
        assertThat(page.locator(".answer")).hasText(Showcase.HOSTILE);
        assertThat(row("What each version knows of it", shown.name(2))).containsText("learned");
        button("Erase from hostile").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText(shown.gained.getName());
        keep("8-erase");
        sign("it was a trick", "Erase");
        assertThat(heading("Proof")).isVisible();
        assertThat(page.locator("h1")).containsText("retracted");
        keep("9-erased");

        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.title()).isEqualTo("Fact · Loremesh");
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    @Test
    void liveAnswersAppearInEitherLanguageAndOnASmallDarkScreen() {
        Showcase shown = Showcase.of(registry, evaluation, "live");
        page = tab(new Browser.NewContextOptions()
                .setLocale("zh-CN")
                .setColorScheme(ColorScheme.DARK)
                .setViewportSize(390, 844));

        go("#/live");
        assertThat(heading("实时回答")).isVisible();
        assertThat(page.locator("html")).hasAttribute("lang", "zh");
        // The consumer begins at the end of a topic that it may not have found yet.
        Eventually.holds(() -> {
            shown.tellAnswer(kafka, io.loremesh.proto.generator.v1.Path.PATH_WEIGHTS, "谁守灯塔？", Showcase.HOSTILE);
            shown.tellAnswer(kafka, io.loremesh.proto.generator.v1.Path.PATH_ABSTAINED, "Who else?", "unknown");
            assertThat(row("最新回答", "谁守灯塔？").first().isVisible()).isTrue();
        });
        assertThat(row("按路径", "权重")).containsText("34");
        keep("10-live");
        page.getByLabel("语言").selectOption("en");
        assertThat(heading("Live answers")).isVisible();
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    @Test
    void theKeyboardComesToTheContentFirst() {
        Showcase.of(registry, evaluation, "keys");

        go("#/models/keys");
        assertThat(heading("Versions of models/keys")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to the content")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
        versionRow(2).getByRole(AriaRole.LINK).first().press("Enter");
        assertThat(page.locator("h1")).containsText("v2");
        assertThat(page.locator("main")).isFocused();
        assertThat(page.title()).isEqualTo("Version · Loremesh");
    }
}
