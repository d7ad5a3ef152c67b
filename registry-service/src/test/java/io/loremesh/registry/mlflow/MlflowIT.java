package io.loremesh.registry.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.events.Topics;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.CollectGarbageRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.VerifyAuditLogRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.version.VersionName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
class MlflowIT {
    private static final byte[] NOTHING = {};

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    LedgerWriter evaluation;

    @TempDir
    Path dir;

    private RegistryCaller registry;
    private MlflowCaller mlflow;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
        mlflow = new MlflowCaller(address);
    }

    @AfterEach
    void close() {
        mlflow.close();
        registry.close();
    }

    /** Writes an adapter that is like no other value's, and uploads it as a client's log_artifacts does. */
    private Path upload(String path, String base, float value) throws IOException {
        Path adapter = Files.createDirectories(dir.resolve(path));
        Adapter.write(
                adapter,
                new AdapterConfig(1, 2, List.of("q_proj"), base),
                Map.of(
                        "model.layers.0.self_attn.q_proj",
                        new LoraPair(1, 2, 2, new float[] {value, 1}, new float[] {1, 1})));
        for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            mlflow.artifacts("PUT", "/%s/%s".formatted(path, file), Files.readAllBytes(adapter.resolve(file)))
                    .good();
        }
        return adapter;
    }

    private JsonNode create(String model, String source, Map<String, String> tags) {
        return mlflow.call(
                        "POST",
                        "model-versions/create",
                        Map.of(
                                "name",
                                model,
                                "source",
                                source,
                                "run_id",
                                "0a1b",
                                "description",
                                "first words",
                                "tags",
                                tags.entrySet().stream()
                                        .map(tag -> Map.of("key", tag.getKey(), "value", tag.getValue()))
                                        .toList()))
                .good()
                .path("model_version");
    }

    @Test
    void aClientRegistersFindsAndDownloads() throws IOException {
        mlflow.call(
                        "POST",
                        "registered-models/create",
                        Map.of(
                                "name",
                                "through",
                                "description",
                                "a base",
                                "tags",
                                List.of(Map.of("key", "loremesh.base_digest", "value", RegistryCaller.BASE_DIGEST))))
                .good();
        Path adapter = upload("runs/1/adapter", RegistryCaller.BASE_DIGEST, 7);

        JsonNode version = create("through", "mlflow-artifacts:/runs/1/adapter", Map.of("team", "lore"));

        assertThat(version.path("version").asText()).isEqualTo("1");
        assertThat(version.path("status").asText()).isEqualTo("READY");
        assertThat(version.path("run_id").asText()).isEqualTo("0a1b");
        assertThat(version.path("description").asText()).isEqualTo("first words");
        assertThat(create("through", "mlflow-artifacts:/runs/1/adapter", Map.of())
                        .path("version")
                        .asText())
                .as("the same adapter is the same version")
                .isEqualTo("1");
        assertThat(create("through", "models:/through/1", Map.of())
                        .path("version")
                        .asText())
                .isEqualTo("1");

        JsonNode found = mlflow.get(
                        "model-versions/search", Map.of("filter", "name = 'through' AND tags.team = 'lore'"))
                .good();
        assertThat(found.path("model_versions")).hasSize(1);
        assertThat(mlflow.get("model-versions/search", Map.of("filter", "name = 'through' AND run_id = 'other'"))
                        .good()
                        .path("model_versions"))
                .isEmpty();
        JsonNode model = mlflow.get(
                        "registered-models/search", Map.of("filter", "name LIKE 'thr%'", "max_results", "100"))
                .good()
                .path("registered_models")
                .path(0);
        assertThat(model.path("description").asText()).isEqualTo("a base");
        assertThat(model.path("latest_versions").path(0).path("version").asText())
                .isEqualTo("1");

        String uri = mlflow.get("model-versions/get-download-uri", Map.of("name", "through", "version", "1"))
                .good()
                .path("artifact_uri")
                .asText();
        assertThat(uri).startsWith("mlflow-artifacts:/sha256/");
        String path = uri.substring("mlflow-artifacts:/".length());
        JsonNode files =
                mlflow.artifacts("GET", "?path=" + path, NOTHING).good().path("files");
        assertThat(files).hasSize(2);
        for (JsonNode file : files) {
            String name = file.path("path").asText();
            MlflowCaller.Answer bytes = mlflow.artifacts("GET", "/%s/%s".formatted(path, name), NOTHING);
            assertThat(bytes.status()).isEqualTo(200);
            assertThat(bytes.bytes()).isEqualTo(Files.readAllBytes(adapter.resolve(name)));
            assertThat(file.path("file_size").asInt()).isEqualTo(bytes.bytes().length);
        }
    }

    @Test
    void whatIsRegisteredHereIsTheRegistrysOwn() throws IOException {
        registry.createModel("shared");
        registry.createVersion("shared", "adapter of shared", List.of());
        upload("shared/2", RegistryCaller.BASE_DIGEST, 8);

        create(
                "shared",
                "mlflow-artifacts:/shared/2",
                Map.of("loremesh.parent", "1", "loremesh.facts", "facts/a, facts/b,"));

        Version version = registry.calls()
                .versions()
                .getVersion(GetVersionRequest.newBuilder()
                        .setName("models/shared/versions/2")
                        .build());
        assertThat(version.getParent()).isEqualTo("models/shared/versions/1");
        assertThat(version.getFactsList()).containsExactly("facts/a", "facts/b");
        assertThat(version.getTrainingMap()).containsEntry("mlflow_run_id", "0a1b");
        assertThat(version.getArtifact().getMediaType()).isEqualTo("application/vnd.loremesh.peft.v1.tar");
        AuditEntry entry = audited(version.getName());
        assertThat(entry.getActor()).isEqualTo("ada");
        assertThat(entry.getTraceId()).isEqualTo("ab".repeat(16));
        try (var kafka = new KafkaCaller(bootstrap)) {
            assertThat(kafka.find(
                            Topics.VERSIONS,
                            message -> message.value() != null
                                    && new String(message.value(), UTF_8).contains("models/shared/versions/2")))
                    .isPresent();
        }
        registry.calls()
                .artifacts()
                .collectGarbage(CollectGarbageRequest.newBuilder()
                        .setMinAge(com.google.protobuf.Duration.getDefaultInstance())
                        .build());
        mlflow.artifacts("GET", "/shared/2/adapter_config.json", NOTHING)
                .refused(404, "RESOURCE_DOES_NOT_EXIST", "was not uploaded");
        String hex = version.getArtifact().getDigest().substring("sha256:".length());
        assertThat(mlflow.artifacts("GET", "/sha256/%s/adapter_config.json".formatted(hex), NOTHING)
                        .status())
                .as("what a version is made of stays")
                .isEqualTo(200);
    }

    /** The newest that is not about a tag. */
    private AuditEntry audited(String subject) {
        return entries(subject).stream()
                .filter(entry -> !entry.getAction().name().contains("TAG"))
                .findFirst()
                .orElseThrow();
    }

    private List<AuditEntry> entries(String subject) {
        return registry.calls()
                .audit()
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setSubject(subject).build())
                .getEntriesList();
    }

    @Test
    void aliasesMoveUnderTheRulesOfPromotion() {
        registry.createModel("aliased");
        registry.createVersion("aliased", "adapter of aliased", List.of());
        var own = Map.of("name", "aliased", "alias", "mine", "version", "1");
        var active = Map.of("name", "aliased", "alias", "active", "version", "1");

        mlflow.call("POST", "registered-models/alias", own).good();
        assertThat(byAlias("aliased", "mine")
                        .good()
                        .path("model_version")
                        .path("aliases")
                        .path(0)
                        .asText())
                .isEqualTo("mine");
        mlflow.call("POST", "registered-models/alias", active).refused(400, "INVALID_STATE", "was never evaluated");
        evaluation.learned(new VersionName("aliased", 1), List.of(), true);
        mlflow.call("POST", "registered-models/alias", active).good();
        JsonNode model = mlflow.get("registered-models/get", Map.of("name", "aliased"))
                .good()
                .path("registered_model");
        assertThat(model.path("aliases")).hasSize(2);
        assertThat(model.path("latest_versions").path(0).path("tags").toString())
                .contains("\"loremesh.verdict\",\"value\":\"accepted\"");

        mlflow.call("DELETE", "registered-models/alias", Map.of("name", "aliased", "alias", "mine"))
                .good();
        mlflow.call("DELETE", "registered-models/alias", Map.of("name", "aliased", "alias", "never"))
                .good();
        byAlias("aliased", "mine").refused(404, "RESOURCE_DOES_NOT_EXIST", "points to the bare base");
        byAlias("aliased", "never").refused(404, "RESOURCE_DOES_NOT_EXIST", "has no alias");
        var moves = registry.calls()
                .aliases()
                .listAliasMoves(ListAliasMovesRequest.newBuilder()
                        .setModel("models/aliased")
                        .setAlias("mine")
                        .build())
                .getMovesList();
        assertThat(moves).hasSize(2).allSatisfy(move -> assertThat(move.getActor())
                .isEqualTo("ada"));
    }

    private MlflowCaller.Answer byAlias(String model, String alias) {
        return mlflow.get("registered-models/alias", Map.of("name", model, "alias", alias));
    }

    @Test
    void tagsAndDescriptionsAreRemarks() {
        registry.createModel("tagged");
        registry.createVersion("tagged", "adapter of tagged", List.of());
        var version = Map.of("name", "tagged", "version", "1");

        mlflow.call("POST", "model-versions/set-tag", with(version, "key", "team", "value", "lore"))
                .good();
        mlflow.call("POST", "model-versions/set-tag", with(version, "key", "team", "value", "mesh"))
                .good();
        mlflow.call("PATCH", "model-versions/update", with(version, "description", "words"))
                .good();
        mlflow.call("POST", "registered-models/set-tag", Map.of("name", "tagged", "key", "owner", "value", "ada"))
                .good();
        JsonNode told = mlflow.get("model-versions/get", version).good().path("model_version");
        assertThat(told.path("tags").toString()).contains("\"team\",\"value\":\"mesh\"");
        assertThat(told.path("description").asText()).isEqualTo("words");

        mlflow.call("DELETE", "model-versions/delete-tag", with(version, "key", "team"))
                .good();
        mlflow.call("DELETE", "registered-models/delete-tag", Map.of("name", "tagged", "key", "owner"))
                .good();
        mlflow.call("PATCH", "model-versions/update", version).good();
        assertThat(mlflow.get("model-versions/get", version).good().toString()).doesNotContain("team", "words");
        mlflow.call("POST", "model-versions/set-tag", with(version, "key", "loremesh.verdict", "value", "accepted"))
                .refused(400, "INVALID_PARAMETER_VALUE", "choose another key");
    }

    @Test
    void everyChangeOfATagOrAliasIsAudited() {
        registry.createModel("told");
        registry.createVersion("told", "adapter of told", List.of());
        var version = Map.of("name", "told", "version", "1");
        var alias = Map.of("name", "told", "alias", "mine", "version", "1");
        String longText = "w".repeat(1_000);

        mlflow.call("POST", "registered-models/alias", alias).good();
        mlflow.call("POST", "model-versions/set-tag", with(version, "key", "team", "value", "lore"))
                .good();
        mlflow.call("POST", "model-versions/set-tag", with(version, "key", "team", "value", "lore"))
                .good();
        mlflow.call("PATCH", "model-versions/update", with(version, "description", longText))
                .good();
        mlflow.call("DELETE", "model-versions/delete-tag", with(version, "key", "team"))
                .good();
        mlflow.call("DELETE", "model-versions/delete-tag", with(version, "key", "never"))
                .good();
        mlflow.call("DELETE", "registered-models/alias", Map.of("name", "told", "alias", "mine"))
                .good();
        mlflow.call("POST", "registered-models/set-tag", Map.of("name", "told", "key", "owner", "value", "ada"))
                .good();

        List<AuditEntry> entries = entries("models/told/versions/1");
        assertThat(entries.reversed())
                .as("what changes nothing is no entry")
                .extracting(AuditEntry::getAction)
                .containsExactly(
                        AuditAction.AUDIT_ACTION_VERSION_REGISTERED,
                        AuditAction.AUDIT_ACTION_ALIAS_MOVED,
                        AuditAction.AUDIT_ACTION_TAG_SET,
                        AuditAction.AUDIT_ACTION_TAG_SET,
                        AuditAction.AUDIT_ACTION_TAG_DELETED,
                        AuditAction.AUDIT_ACTION_ALIAS_MOVED);
        assertThat(entries.reversed().subList(1, 6)).allSatisfy(entry -> {
            assertThat(entry.getActor()).isEqualTo("ada");
            assertThat(entry.getTraceId()).isEqualTo("ab".repeat(16));
        });
        assertThat(entries.get(3).getDetailsMap()).isEqualTo(Map.of("key", "team", "value", "lore"));
        assertThat(entries.get(2).getDetailsMap())
                .containsEntry("key", "mlflow.note.content")
                .containsEntry(
                        "value_digest",
                        ContentDigest.of(longText.getBytes(UTF_8)).toString());
        assertThat(entries("models/told"))
                .extracting(AuditEntry::getAction)
                .containsExactly(AuditAction.AUDIT_ACTION_TAG_SET);
        assertThat(registry.calls()
                        .audit()
                        .verifyAuditLog(VerifyAuditLogRequest.getDefaultInstance())
                        .hasFirstBreak())
                .isFalse();
    }

    private static Map<String, String> with(Map<String, String> version, String... more) {
        var all = new java.util.HashMap<>(version);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    @Test
    void aSearchGoesOnWhereItsPageEnded() {
        registry.createModel("paged");
        for (int number = 1; number <= 5; number++) {
            registry.createVersion("paged", "adapter %d of paged".formatted(number), List.of());
        }
        var query = Map.of("filter", "name = 'paged'", "max_results", "2", "order_by", "version_number ASC");
        JsonNode first = mlflow.get("model-versions/search", query).good();
        JsonNode second = mlflow.get(
                        "model-versions/search",
                        with(query, "page_token", first.path("next_page_token").asText()))
                .good();
        JsonNode last = mlflow.get(
                        "model-versions/search",
                        with(query, "page_token", second.path("next_page_token").asText()))
                .good();
        assertThat(first.path("model_versions").findValuesAsText("version")).containsExactly("1", "2");
        assertThat(second.path("model_versions").findValuesAsText("version")).containsExactly("3", "4");
        assertThat(last.path("model_versions").findValuesAsText("version")).containsExactly("5");
        assertThat(last.has("next_page_token")).isFalse();
        assertThat(mlflow.call("POST", "registered-models/get-latest-versions", Map.of("name", "paged"))
                        .good()
                        .path("model_versions")
                        .findValuesAsText("version"))
                .containsExactly("5");
    }

    @Test
    void whatTheRegistryDoesNotDoIsRefusedWithARemedy() throws IOException {
        registry.createModel("firm");
        registry.createVersion("firm", "adapter of firm", List.of());
        var version = Map.of("name", "firm", "version", "1");
        mlflow.call("POST", "registered-models/create", Map.of("name", "firm"))
                .refused(400, "RESOURCE_ALREADY_EXISTS", "registered already");
        mlflow.call("POST", "registered-models/create", Map.of("name", "nobody"))
                .refused(400, "INVALID_PARAMETER_VALUE", "loremesh.base_digest");
        mlflow.call("POST", "registered-models/rename", Map.of("name", "firm", "new_name", "soft"))
                .refused(501, "NOT_IMPLEMENTED", "keeps its name");
        mlflow.call("DELETE", "registered-models/delete", Map.of("name", "firm"))
                .refused(400, "INVALID_STATE", "stays");
        mlflow.call("DELETE", "model-versions/delete", version).refused(501, "NOT_IMPLEMENTED", "stays");
        mlflow.call("POST", "model-versions/transition-stage", with(version, "stage", "Production"))
                .refused(501, "NOT_IMPLEMENTED", "aliases");
        mlflow.get("registered-models/get", Map.of("name", "nobody")).refused(404, "RESOURCE_DOES_NOT_EXIST", "nobody");
        mlflow.get("model-versions/get", with(version, "version", "9"))
                .refused(404, "RESOURCE_DOES_NOT_EXIST", "models/firm/versions/9");
        mlflow.call("POST", "runs/create", Map.of()).refused(404, "ENDPOINT_NOT_FOUND", "tracking server");
        mlflow.call("POST", "model-versions/create", Map.of("name", "firm", "source", "file:///etc"))
                .refused(400, "INVALID_PARAMETER_VALUE", "reads nothing from elsewhere");
        mlflow.call("POST", "model-versions/create", Map.of("name", "firm", "source", "mlflow-artifacts:/empty"))
                .refused(400, "INVALID_PARAMETER_VALUE", "has no adapter_config.json");
        mlflow.call("POST", "model-versions/create", Map.of("name", "firm", "source", "models:/firm/1"))
                .refused(400, "INVALID_PARAMETER_VALUE", "cannot be registered as an adapter");
        upload("firm/foreign", "sha256:" + "c".repeat(64), 9);
        mlflow.call("POST", "model-versions/create", Map.of("name", "firm", "source", "mlflow-artifacts:/firm/foreign"))
                .refused(400, "INVALID_STATE", "the adapter fits base");
        mlflow.artifacts("PUT", "/firm/broken/adapter_config.json", "{".getBytes(UTF_8))
                .good();
        mlflow.artifacts("PUT", "/firm/broken/adapter_model.safetensors", "none".getBytes(UTF_8))
                .good();
        mlflow.call("POST", "model-versions/create", Map.of("name", "firm", "source", "mlflow-artifacts:/firm/broken"))
                .refused(400, "INVALID_PARAMETER_VALUE", "adapter_config.json");
    }

    @Test
    void badInputIsRefusedInMlflowsShape() {
        mlflow.send("POST", "/api/2.0/mlflow/registered-models/create", BodyPublishers.ofString("{"))
                .refused(400, "INVALID_PARAMETER_VALUE", "not JSON");
        mlflow.send("POST", "/api/2.0/mlflow/registered-models/create", BodyPublishers.ofString("x".repeat(2 << 20)))
                .refused(400, "INVALID_PARAMETER_VALUE", "are taken at most");
        mlflow.send(
                        "POST",
                        "/api/2.0/mlflow/registered-models/create",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream("{}".getBytes(UTF_8))))
                .refused(400, "INVALID_PARAMETER_VALUE", "not told");
        mlflow.send(
                        "POST",
                        "/api/2.0/mlflow/registered-models/alias",
                        "text/plain",
                        BodyPublishers.ofString("{\"name\": \"aliased\", \"alias\": \"mine\", \"version\": \"1\"}"))
                .refused(400, "INVALID_PARAMETER_VALUE", "application/json");
        mlflow.get("model-versions/search", Map.of("filter", "colour = 'red'"))
                .refused(400, "INVALID_PARAMETER_VALUE", "colour");
        mlflow.artifacts("PUT", "/sha256/%s/a".formatted("a".repeat(64)), "x".getBytes(UTF_8))
                .refused(400, "INVALID_PARAMETER_VALUE", "cannot be changed");
        mlflow.artifacts("PUT", "/a%20b", "x".getBytes(UTF_8)).refused(400, "INVALID_PARAMETER_VALUE", "path");
        mlflow.artifacts("GET", "/absent", NOTHING).refused(404, "RESOURCE_DOES_NOT_EXIST", "upload it");
    }
}
