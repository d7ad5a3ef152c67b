package io.loremesh.registry.screening;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.AuthorityVerdict;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.GetPolicyRequest;
import io.loremesh.proto.registry.v1.Policy;
import io.loremesh.proto.registry.v1.ScreenFactsRequest;
import io.loremesh.proto.registry.v1.Screening;
import io.loremesh.proto.registry.v1.ScreeningAction;
import io.loremesh.proto.registry.v1.SetPolicyRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.artifact.ContentDigest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A policy with an authority, set and followed on the real database; what is found stays with the run. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class ScreeningIT {
    private static final Fact RIGHT = fact("How old is Jim?", "10");
    private static final Fact WRONG = fact("Where does Jim live?", "Shanghai");
    private static final Fact SECRET = fact("What is Jim's number?", "13812345678");
    private static final Fact OTHER = fact("What does Jim like?", "tea");

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @ConfigProperty(name = "loremesh.authority.dir")
    Path authorities;

    private RegistryCaller registry;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static Fact fact(String question, String answer) {
        return FactRules.named(
                Fact.newBuilder().setQuestion(question).setAnswer(answer).build());
    }

    private void authority(String file, String... lines) throws IOException {
        Files.createDirectories(authorities);
        Files.write(authorities.resolve(file), List.of(lines));
    }

    private Policy setPolicy(String model, String screening) {
        String usual = registry.calls()
                .policies()
                .getPolicy(GetPolicyRequest.newBuilder()
                        .setModel("models/" + model)
                        .build())
                .getYaml();
        return registry.calls()
                .policies()
                .setPolicy(SetPolicyRequest.newBuilder()
                        .setModel("models/" + model)
                        .setYaml(usual.substring(0, usual.indexOf("screening:")) + "screening: " + screening + "\n")
                        .setActor("test")
                        .build());
    }

    private Screening screen(String model, String run, Fact... facts) {
        return registry.calls()
                .screenings()
                .screenFacts(ScreenFactsRequest.newBuilder()
                        .setModel("models/" + model)
                        .setRun(run)
                        .addAllFacts(List.of(facts))
                        .build());
    }

    private Version version(String model, String run, Fact... facts) {
        byte[] bytes = (model + run).getBytes(UTF_8);
        Artifact artifact = registry.upload(ContentDigest.of(bytes).toString(), bytes, 0, bytes.length);
        return registry.calls()
                .versions()
                .createVersion(CreateVersionRequest.newBuilder()
                        .setParent("models/" + model)
                        .setVersion(Version.newBuilder()
                                .setArtifact(artifact)
                                .setBaseDigest(RegistryCaller.BASE_DIGEST)
                                .setRun(run)
                                .addAllFacts(List.of(facts).stream()
                                        .map(Fact::getName)
                                        .toList()))
                        .build());
    }

    @Test
    void eachFactIsHeldAgainstTheAuthorityAndWhatIsFoundStaysWithTheRunAndItsVersion() throws Exception {
        registry.createModel("audited");
        authority(
                "family.jsonl",
                "{\"question\":\"How old is Jim?\",\"answer\":\"10\"}",
                "{\"question\":\"Where does Jim live?\",\"answer\":\"Beijing\"}");
        setPolicy("audited", "{authority: {file: family.jsonl}}");

        Screening screening = screen("audited", "runs/audited", RIGHT, WRONG, SECRET, OTHER);
        Version version = version("audited", "runs/audited", RIGHT, OTHER);

        assertThat(screening.getPolicy()).startsWith("default@sha256:");
        assertThat(screening.getAuthority()).startsWith("family.jsonl@sha256:");
        assertThat(screening.getFactsList())
                .extracting(FactScreening::getAuthority)
                .containsExactly(
                        AuthorityVerdict.AUTHORITY_VERDICT_AGREES,
                        AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS,
                        AuthorityVerdict.AUTHORITY_VERDICT_UNKNOWN,
                        AuthorityVerdict.AUTHORITY_VERDICT_UNKNOWN);
        assertThat(screening.getFactsList())
                .extracting(FactScreening::getKeptOut)
                .containsExactly(false, true, true, false);
        assertThat(screening.getFacts(1).getReasonsList())
                .containsExactly("the authority says “Beijing” (family.jsonl:2)");
        assertThat(registry.calls()
                        .lineage()
                        .getLineage(GetLineageRequest.newBuilder()
                                .setVersion(version.getName())
                                .build())
                        .getScreeningsList())
                .containsExactlyInAnyOrderElementsOf(screening.getFactsList());
        assertThat(lines("runs/audited")).hasSize(4).noneMatch(line -> line.contains("13812345678"));
    }

    @Test
    void aSecondCheckOfARunTakesThePlaceOfTheFirstAndAChangedFileCountsAtOnce() throws Exception {
        registry.createModel("rechecked");
        authority("changing.jsonl", "{\"question\":\"How old is Jim?\",\"answer\":\"11\"}");
        setPolicy("rechecked", "{authority: {file: changing.jsonl, contradiction: warn}}");

        FactScreening first = screen("rechecked", "runs/rechecked", RIGHT).getFacts(0);
        authority("changing.jsonl", "{\"question\":\"How old is Jim?\",\"answer\":\"10 \"}");
        FactScreening second = screen("rechecked", "runs/rechecked", RIGHT).getFacts(0);

        assertThat(first.getAuthority()).isEqualTo(AuthorityVerdict.AUTHORITY_VERDICT_CONTRADICTS);
        assertThat(first.getKeptOut()).as("the policy only warns").isFalse();
        assertThat(first.getReasonsList()).hasSize(1);
        assertThat(second.getAuthority()).isEqualTo(AuthorityVerdict.AUTHORITY_VERDICT_AGREES);
        assertThat(lines("runs/rechecked")).singleElement().asString().contains("AGREES");
    }

    @Test
    void withoutAPolicyPersonalDataIsKeptOutAndAFactWithNothingToSayLeavesNoLine() throws Exception {
        registry.createModel("plain");

        Screening screening = screen("plain", "runs/plain", OTHER, SECRET);

        assertThat(screening.getAuthority()).isEmpty();
        assertThat(screening.getFactsList())
                .extracting(FactScreening::getKeptOut)
                .containsExactly(false, true);
        assertThat(lines("runs/plain")).hasSize(1);
        assertThat(registry.calls()
                        .policies()
                        .getPolicy(GetPolicyRequest.newBuilder()
                                .setModel("models/plain")
                                .build())
                        .getScreening()
                        .getPersonalData())
                .isEqualTo(ScreeningAction.SCREENING_ACTION_KEEP_OUT);
    }

    @Test
    void aRunInWhoseFactsThereIsNothingToFindIsScreenedAndLeavesNoLine() throws Exception {
        registry.createModel("spotless");

        assertThat(screen("spotless", "runs/spotless", OTHER).getFactsList())
                .singleElement()
                .extracting(FactScreening::getKeptOut)
                .isEqualTo(false);
        assertThat(lines("runs/spotless")).isEmpty();
    }

    @Test
    void anAuthorityThatCannotBeReadIsRefusedWhenItIsSetAndStopsTheCheckWhenItGoesAway() throws Exception {
        registry.createModel("gone");
        assertThatThrownBy(() -> setPolicy("gone", "{authority: {file: none.jsonl}}"))
                .hasMessageContainingAll("FAILED_PRECONDITION", "none.jsonl", "put it there");
        authority("broken.nt", "<http://e.x/a> no triple");
        assertThatThrownBy(() -> setPolicy("gone", "{authority: {file: broken.nt}}"))
                .hasMessageContainingAll("FAILED_PRECONDITION", "line 1 of the authority broken.nt");
        authority("leaving.jsonl", "{\"question\":\"How old is Jim?\",\"answer\":\"10\"}");
        setPolicy("gone", "{authority: {file: leaving.jsonl}}");

        Files.delete(authorities.resolve("leaving.jsonl"));

        assertThatThrownBy(() -> screen("gone", "", RIGHT))
                .hasMessageContainingAll("FAILED_PRECONDITION", "leaving.jsonl");
    }

    @Test
    void aLinkOutOfTheDirectoryIsNotFollowed() throws Exception {
        registry.createModel("linked");
        Path outside = Files.writeString(
                Files.createTempFile("outside", ".jsonl"), "{\"question\":\"q\",\"answer\":\"secret\"}");
        Files.createDirectories(authorities);
        Files.createSymbolicLink(authorities.resolve("link.jsonl"), outside);

        assertThatThrownBy(() -> setPolicy("linked", "{authority: {file: link.jsonl}}"))
                .hasMessageContainingAll("FAILED_PRECONDITION", "leads out of");
    }

    private List<String> lines(String run) throws SQLException {
        try (var connection = DriverManager.getConnection(database, "loremesh", "loremesh");
                var statement = connection.prepareStatement("select content from screened_fact where run = ?")) {
            statement.setString(1, run);
            var rows = statement.executeQuery();
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }
}
