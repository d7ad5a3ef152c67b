package io.loremesh.registry.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.version.VersionName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
class ConsoleIT {
    private static final Map<String, String> ACCOUNT = Map.of("actor", "ada", "reason", "it is better");

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    LedgerWriter evaluation;

    private RegistryCaller registry;
    private ConsoleCaller console;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
        console = new ConsoleCaller(address);
    }

    @AfterEach
    void close() {
        console.close();
        registry.close();
    }

    private static Map<String, Object> activate(Showcase shown, int number) {
        return Map.of(
                "model", "models/" + shown.model,
                "alias", "active",
                "version", shown.name(number),
                "actor", ACCOUNT.get("actor"),
                "reason", ACCOUNT.get("reason"));
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }

    private List<AuditEntry> audited(String subject, AuditAction action) {
        return registry.calls()
                .audit()
                .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                        .setSubject(subject)
                        .setAction(action)
                        .build())
                .getEntriesList();
    }

    @Test
    void thePageIsServedWithNothingFromElsewhere() {
        ConsoleCaller.Reply page = console.get("/console");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("<lore-console>", "/console/assets/").doesNotContain("http:", "https:", "{#");
        assertThat(page.policy())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(console.get("/console/")).isEqualTo(page);
    }

    @Test
    void aVersionIsShownWithItsVerdictItsLineageAndWhatItKnows() {
        Showcase shown = Showcase.of(registry, evaluation, "shown");

        JsonNode versions = console.read("/models/shown/versions").path("versions");
        assertThat(texts(versions, "name")).containsExactly(shown.name(2), shown.name(1));
        JsonNode lineage = console.read("/models/shown/versions/2/lineage");
        JsonNode gate = lineage.path("version").path("verdict").path("gates").path(0);
        assertThat(gate.path("gate").asText()).isEqualTo("factual_consistency");
        assertThat(gate.path("n").asInt()).isEqualTo(9);
        assertThat(gate.path("high").asDouble()).isGreaterThan(gate.path("low").asDouble());
        JsonNode diff = console.read("/diff?base=%s&candidate=%s".formatted(shown.name(1), shown.name(2)));
        assertThat(diff.path("gainedTotal").asInt()).isEqualTo(1);
        assertThat(diff.path("lost").path(0).path("fact").path("answer").asText())
                .isEqualTo("海港");
        assertThat(diff.path("moduleNorms")).hasSize(12);
        JsonNode lost = console.read(
                "/diff/changes?kind=CHANGE_KIND_LOST&base=%s&candidate=%s".formatted(shown.name(1), shown.name(2)));
        assertThat(lost.path("changes")).hasSize(1);
    }

    @Test
    void factsAreFoundByTheirWordsAndNothingElseIs() {
        Showcase shown = Showcase.of(registry, evaluation, "found");

        assertThat(search("KEEPS THE LIGHTHOUSE of found")).containsExactly(shown.kept.getName());
        assertThat(search("found 的首都")).containsExactly(shown.lost.getName());
        assertThat(search("100%25")).contains(shown.kept.getName());
        assertThat(search("f_und")).as("no wildcard of a database").isEmpty();
        assertThat(console.get("/api/console/v1/facts?words=" + "x".repeat(201)).status())
                .isEqualTo(400);
        JsonNode history = console.read("/%s/history".formatted(shown.gained.getName()));
        assertThat(history.path("revisions")).hasSize(1);
        assertThat(texts(history.path("ledger"), "version")).containsExactly(shown.name(2));
        assertThat(texts(
                        console.read("/%s/blame?model=models/found".formatted(shown.gained.getName()))
                                .path("lines"),
                        "version"))
                .containsExactly(shown.name(2));
    }

    private List<String> search(String words) {
        return texts(
                console.read("/facts?words=" + URLEncoder.encode(words, StandardCharsets.UTF_8))
                        .path("facts"),
                "name");
    }

    @Test
    void ordersGoThroughTheGatesAndIntoTheAuditLog() {
        Showcase shown = Showcase.of(registry, evaluation, "ordered");
        registry.createVersion("ordered", "never judged", List.of());

        ConsoleCaller.Reply unjudged = console.order("/aliases:set", activate(shown, 3));
        ConsoleCaller.Reply moved = console.order("/aliases:set", activate(shown, 2));
        ConsoleCaller.Reply back = console.order(
                "/aliases:rollback", Map.of("model", "models/ordered", "actor", "bob", "reason", "it was worse"));

        assertThat(unjudged.status()).isEqualTo(400);
        assertThat(unjudged.json().path("message").asText()).contains("was never evaluated");
        assertThat(moved.json().path("version").asText()).isEqualTo(shown.name(2));
        assertThat(back.json().path("previousVersion").asText()).isEqualTo(shown.name(2));
        assertThat(audited(shown.name(2), AuditAction.AUDIT_ACTION_ALIAS_MOVED)).anySatisfy(entry -> {
            assertThat(entry.getActor()).isEqualTo("ada");
            assertThat(entry.getReason()).isEqualTo("it is better");
            assertThat(entry.getTraceId()).hasSize(32);
        });
        assertThat(audited(shown.name(2), AuditAction.AUDIT_ACTION_ALIAS_ROLLED_BACK))
                .extracting(AuditEntry::getActor)
                .contains("bob");
    }

    @Test
    void aPersonsApprovalIsTakenOnce() {
        Showcase shown = Showcase.of(registry, evaluation, "approved");
        evaluation.learned(new VersionName("approved", 2), List.of(shown.kept), true, true);
        assertThat(console.order("/aliases:set", activate(shown, 2)).status()).isEqualTo(400);

        ConsoleCaller.Reply approved = console.order(
                "/versions:approve", Map.of("version", shown.name(2), "actor", "ada", "reason", "I read it"));

        assertThat(approved.json()
                        .path("verdict")
                        .path("approval")
                        .path("actor")
                        .asText())
                .isEqualTo("ada");
        assertThat(console.order("/aliases:set", activate(shown, 2)).status()).isEqualTo(200);
    }

    @Test
    void whatComesFromElsewhereOrFromNobodyChangesNothing() {
        Showcase shown = Showcase.of(registry, evaluation, "guarded");
        Map<String, Object> order = activate(shown, 2);

        assertThat(console.order("/aliases:set", order, Map.of("Origin", "https://evil.example"))
                        .status())
                .isEqualTo(403);
        assertThat(console.order("/aliases:set", order, Map.of("Origin", "null"))
                        .status())
                .isEqualTo(403);
        assertThat(console.order("/aliases:set", order, Map.of("Origin", "")).status())
                .isEqualTo(403);
        assertThat(console.order("/aliases:set", order, Map.of("Content-Type", "text/plain"))
                        .status())
                .isEqualTo(400);
        assertThat(console.order("/aliases:set", with(order, "actor", " ")).status())
                .isEqualTo(400);
        assertThat(console.order("/aliases:set", with(order, "reason", "")).status())
                .isEqualTo(400);
        assertThat(console.order("/aliases:set", with(order, "force", true)).status())
                .isEqualTo(400);
        assertThat(console.order("/aliases:set", with(order, "forse", true))
                        .json()
                        .path("message")
                        .asText())
                .contains("forse");
        assertThat(console.read("/models/guarded/moves").path("moves")).isEmpty();
    }

    private static Map<String, Object> with(Map<String, Object> order, String field, Object value) {
        var changed = new java.util.HashMap<>(order);
        changed.put(field, value);
        return changed;
    }

    @Test
    void anErasureTellsWhatItDoesAndWhyThereIsNoProofYet() {
        Showcase shown = Showcase.of(registry, evaluation, "erased");

        ConsoleCaller.Reply told = console.order(
                "/facts:erase",
                Map.of(
                        "fact", shown.gained.getName(),
                        "model", "models/erased",
                        "actor", "ada",
                        "reason", "it was private"));

        assertThat(told.text())
                .contains("retracting " + shown.gained.getName(), "\"problem\":", "erase again for the proof");
        assertThat(console.read("/%s/history".formatted(shown.gained.getName()))
                        .path("revisions")
                        .path(1)
                        .path("retracted")
                        .asBoolean())
                .isTrue();
        assertThat(audited(shown.gained.getName(), AuditAction.AUDIT_ACTION_ERASURE_BEGUN))
                .extracting(AuditEntry::getActor)
                .containsExactly("ada");
        assertThat(console.order("/facts:erase", Map.of("fact", shown.gained.getName(), "actor", "ada"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void liveAnswersAndTrainingStepsArriveFromKafka() throws IOException {
        Showcase shown = Showcase.of(registry, evaluation, "heard");
        var heard = new ConcurrentLinkedQueue<String>();
        try (var kafka = new KafkaCaller(bootstrap);
                var stream = console.answers()) {
            var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            Thread reader = Thread.ofVirtual().start(() -> {
                try {
                    lines.lines().forEach(heard::add);
                } catch (java.io.UncheckedIOException closed) {
                    // The test is over.
                }
            });
            shown.tellRun(kafka, 2);
            // The consumer begins at the end of a topic that it may not have found yet.
            Eventually.holds(() -> {
                shown.tellAnswer(kafka, Path.PATH_WEIGHTS, "Who keeps it?", Showcase.HOSTILE);
                assertThat(heard).anySatisfy(line -> assertThat(line).contains("data:[{", "Who keeps it?"));
            });
            reader.interrupt();
        }
        Eventually.holds(() -> assertThat(console.read("/%s/progress".formatted(shown.run(2))))
                .hasSize(40)
                .first()
                .satisfies(step -> assertThat(step.path("loss").asDouble()).isEqualTo(4.0)));
        assertThat(console.read("/runs/nobody/progress")).isEmpty();
    }
}
