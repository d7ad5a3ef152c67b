package io.loremesh.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.ApproveVersionRequest;
import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditEntry;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.proto.registry.v1.GetFactHistoryRequest;
import io.loremesh.proto.registry.v1.GetLineageRequest;
import io.loremesh.proto.registry.v1.GetPolicyRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.ListPoliciesRequest;
import io.loremesh.proto.registry.v1.Policy;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.RollbackAliasRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.SetPolicyRequest;
import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.proto.registry.v1.VerifyAuditLogRequest;
import io.loremesh.proto.registry.v1.VerifyAuditLogResponse;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.version.VersionName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is recorded, what is refused, and what a person must do, on the real database. The generator is away. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class AuditIT {
    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @Inject
    LedgerWriter evaluation;

    private RegistryCaller registry;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static SetAliasRequest activate(String model, int number) {
        return SetAliasRequest.newBuilder()
                .setModel("models/" + model)
                .setAlias("active")
                .setVersion("models/%s/versions/%d".formatted(model, number))
                .setActor("Ann")
                .setReason("it is better")
                .build();
    }

    private List<AuditEntry> about(String subject) {
        return registry.calls()
                .audit()
                .listAuditEntries(
                        ListAuditEntriesRequest.newBuilder().setSubject(subject).build())
                .getEntriesList();
    }

    private VerifyAuditLogResponse verify(String known) {
        return registry.calls()
                .audit()
                .verifyAuditLog(
                        VerifyAuditLogRequest.newBuilder().setKnownHash(known).build());
    }

    @Test
    void whatHappensToAVersionIsInTheLogAndInItsLineage() {
        Fact fact = FactRules.named(Fact.newBuilder()
                .setQuestion("Who keeps the log?")
                .setAnswer("the registry")
                .build());
        registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder().addFacts(fact).build());
        registry.createModel("logged");
        String version = registry.createVersion("logged", "adapter of logged", List.of(fact))
                .getName();
        evaluation.learned(new VersionName("logged", 1), List.of(fact), true);
        var trace = new Metadata();
        trace.put(
                Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        registry.calls()
                .aliases()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(trace))
                .setAlias(activate("logged", 1));
        registry.calls()
                .aliases()
                .rollbackAlias(RollbackAliasRequest.newBuilder()
                        .setModel("models/logged")
                        .setActor("Bob")
                        .setReason("it was not")
                        .build());

        List<AuditEntry> entries = about(version).reversed();

        assertThat(entries)
                .extracting(AuditEntry::getAction)
                .containsSubsequence(
                        AuditAction.AUDIT_ACTION_VERSION_REGISTERED,
                        AuditAction.AUDIT_ACTION_VERSION_JUDGED,
                        AuditAction.AUDIT_ACTION_ALIAS_MOVED,
                        AuditAction.AUDIT_ACTION_ALIAS_ROLLED_BACK);
        AuditEntry moved = entries.stream()
                .filter(entry -> entry.getAction() == AuditAction.AUDIT_ACTION_ALIAS_MOVED
                        && entry.getDetailsOrThrow("alias").equals("active"))
                .findFirst()
                .orElseThrow();
        assertThat(moved.getActor()).isEqualTo("Ann");
        assertThat(moved.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(moved.getDetailsMap()).containsEntry("from", "models/logged").containsEntry("to", version);

        Lineage lineage = registry.calls()
                .lineage()
                .getLineage(GetLineageRequest.newBuilder().setVersion(version).build());
        assertThat(lineage.getBase().getDigest()).isEqualTo(RegistryCaller.BASE_DIGEST);
        assertThat(lineage.getFacts(0).getFact().getAnswer()).isEqualTo("the registry");
        assertThat(lineage.getFactsDigest()).startsWith("sha256:");
        assertThat(lineage.getVerdicts(0).getPolicy()).isEqualTo("recorded");
        assertThat(lineage.getMovesCount()).isGreaterThanOrEqualTo(2);
        assertThat(lineage.getAuditEntriesList()).containsExactlyElementsOf(entries);
    }

    @Test
    void theDatabaseRefusesToChangeTheLogAndVerifyFindsWhatWasChangedAllTheSame() throws SQLException {
        registry.createModel("tampered");
        registry.createVersion("tampered", "adapter of tampered", List.of());
        long sequence = about("models/tampered/versions/1").getFirst().getSequence();
        String change =
                "update audit_entry set entry = replace(entry, 'tampered', 'innocent') where sequence = " + sequence;
        try (var connection = DriverManager.getConnection(database, "loremesh", "loremesh");
                var statement = connection.createStatement()) {
            for (String forbidden : List.of(change, "delete from audit_entry", "truncate audit_entry")) {
                assertThatThrownBy(() -> statement.execute(forbidden)).hasMessageContaining("append-only");
            }
            assertThat(verify("").hasFirstBreak()).isFalse();
            assertThat(verify(verify("").getHeadHash()).hasFirstBreak()).isFalse();
            assertThat(verify("f".repeat(64)).getFirstBreak().getReason()).contains("cut off");

            statement.execute("alter table audit_entry disable trigger user");
            statement.execute(change);
            try {
                VerifyAuditLogResponse found = verify("");
                assertThat(found.getFirstBreak().getSequence()).isEqualTo(sequence);
                assertThat(found.getFirstBreak().getReason()).contains("was changed");
                assertThat(found.getVerifiedCount()).isEqualTo(sequence - 1);
            } finally {
                statement.execute(
                        "update audit_entry set entry = replace(entry, 'innocent', 'tampered') where sequence = "
                                + sequence);
                statement.execute("alter table audit_entry enable trigger user");
            }
        }
        assertThat(verify("").hasFirstBreak()).isFalse();
    }

    @Test
    void entriesOfManyCallersAtOnceFormOneChain() {
        registry.createModel("crowd");
        IntStream.range(0, 24)
                .parallel()
                .forEach(i -> registry.createVersion("crowd", "adapter of crowd " + i, List.of()));
        VerifyAuditLogResponse whole = verify("");
        assertThat(whole.hasFirstBreak()).isFalse();
        assertThat(whole.getVerifiedCount()).isGreaterThanOrEqualTo(24);
    }

    @Test
    void aPolicyIsKeptWithItsHistoryAndTheSameFileIsNoNewRevision() {
        registry.createModel("ruled");
        var now = GetPolicyRequest.newBuilder().setModel("models/ruled").build();
        Policy configured = registry.calls().policies().getPolicy(now);
        assertThat(configured.getRevision()).isZero();
        var strict = SetPolicyRequest.newBuilder()
                .setModel("models/ruled")
                .setYaml(configured.getYaml().replace("threshold: 0.95", "threshold: 0.99"))
                .setActor("Ann")
                .setReason("neighbours moved")
                .build();

        Policy first = registry.calls().policies().setPolicy(strict);
        Policy again = registry.calls().policies().setPolicy(strict);
        Policy second = registry.calls()
                .policies()
                .setPolicy(strict.toBuilder()
                        .setYaml(configured.getYaml().replace("approval: none", "approval: required"))
                        .build());

        assertThat(first.getRevision()).isEqualTo(1);
        assertThat(again).isEqualTo(first);
        assertThat(second.getApprovalRequired()).isTrue();
        assertThat(registry.calls().policies().getPolicy(now)).isEqualTo(second);
        assertThat(registry.calls()
                        .policies()
                        .getPolicy(now.toBuilder().setDigest(first.getDigest()).build()))
                .isEqualTo(first);
        assertThat(registry.calls()
                        .policies()
                        .listPolicies(ListPoliciesRequest.newBuilder()
                                .setModel("models/ruled")
                                .build())
                        .getPoliciesList())
                .containsExactly(second, first);
        assertThat(about("models/ruled"))
                .extracting(entry -> entry.getDetailsOrThrow("policy"))
                .containsExactly("default@" + second.getDigest(), "default@" + first.getDigest());
        assertRefused(Status.Code.INVALID_ARGUMENT, "gates.locality.threshold is 2", () -> registry.calls()
                .policies()
                .setPolicy(strict.toBuilder()
                        .setYaml(configured.getYaml().replace("threshold: 0.95", "threshold: 2"))
                        .build()));
    }

    @Test
    void whatAwaitsApprovalIsPromotedOnlyAfterAPersonSaidSo() {
        registry.createModel("careful");
        String version = registry.createVersion("careful", "adapter of careful", List.of())
                .getName();
        evaluation.learned(new VersionName("careful", 1), List.of(), true, true);
        var approval = ApproveVersionRequest.newBuilder()
                .setVersion(version)
                .setActor("Ann")
                .setReason("read all answers")
                .build();
        assertRefused(Status.Code.FAILED_PRECONDITION, "awaits approval", () -> registry.calls()
                .aliases()
                .setAlias(activate("careful", 1)));
        assertRefused(Status.Code.INVALID_ARGUMENT, "no reason", () -> registry.calls()
                .approvals()
                .approveVersion(approval.toBuilder().clearReason().build()));

        Verdict approved = registry.calls().approvals().approveVersion(approval).getVerdict();

        assertThat(approved.getDecision()).isEqualTo(Decision.DECISION_ACCEPTED);
        assertThat(approved.getApproval().getActor()).isEqualTo("Ann");
        assertThat(registry.calls().approvals().approveVersion(approval).getVerdict())
                .isEqualTo(approved);
        assertThat(registry.calls().aliases().setAlias(activate("careful", 1)).getVersion())
                .isEqualTo(version);
        assertThat(about(version))
                .filteredOn(entry -> entry.getAction() == AuditAction.AUDIT_ACTION_VERSION_APPROVED)
                .singleElement()
                .satisfies(entry -> assertThat(entry.getReason()).isEqualTo("read all answers"));
    }

    @Test
    void aRejectedVersionCannotBeApproved() {
        registry.createModel("hopeless");
        String version = registry.createVersion("hopeless", "adapter of hopeless", List.of())
                .getName();
        evaluation.learned(new VersionName("hopeless", 1), List.of(), false, true);
        assertRefused(Status.Code.FAILED_PRECONDITION, "no way around a gate", () -> registry.calls()
                .approvals()
                .approveVersion(ApproveVersionRequest.newBuilder()
                        .setVersion(version)
                        .setActor("Ann")
                        .setReason("I like it")
                        .build()));
    }

    @Test
    void anErasureTakesHoldersOutOfServiceAndKeepsThemOut() {
        Fact secret = FactRules.named(Fact.newBuilder()
                .setQuestion("What is Mallory's number?")
                .setAnswer("555-0100")
                .build());
        registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder().addFacts(secret).build());
        registry.createModel("forgetful");
        for (int number = 1; number <= 4; number++) {
            registry.createVersion("forgetful", "adapter of forgetful " + number, List.of(secret));
        }
        evaluation.learned(new VersionName("forgetful", 1), List.of(), true);
        evaluation.learned(new VersionName("forgetful", 2), List.of(secret), true);
        evaluation.learned(new VersionName("forgetful", 3), List.of(secret), true);
        registry.calls().aliases().setAlias(activate("forgetful", 2));
        registry.calls().aliases().setAlias(activate("forgetful", 3));
        var erasure = EraseFactRequest.newBuilder()
                .setFact(secret.getName())
                .setModel("models/forgetful")
                .setActor("Ann")
                .setReason("Mallory asked for it")
                .build();

        // The generator is away: there is no proof, and all the rest is done.
        assertRefused(
                Status.Code.UNAVAILABLE,
                "erase again for the proof",
                () -> registry.calls().erasures().eraseFact(erasure).forEachRemaining(part -> {}));

        assertThat(active("forgetful").getName()).isEqualTo("models/forgetful/versions/1");
        assertThat(registry.calls()
                        .facts()
                        .getFactHistory(GetFactHistoryRequest.newBuilder()
                                .setName(secret.getName())
                                .build())
                        .getRevisionsList()
                        .getLast()
                        .getRetracted())
                .isTrue();
        assertThat(about(secret.getName()).getFirst().getReason()).isEqualTo("Mallory asked for it");
        assertRefused(Status.Code.FAILED_PRECONDITION, "which was erased", () -> registry.calls()
                .aliases()
                .setAlias(activate("forgetful", 2).toBuilder().setForce(true).build()));
        assertRefused(Status.Code.FAILED_PRECONDITION, "which was erased", () -> registry.calls()
                .aliases()
                .rollbackAlias(RollbackAliasRequest.newBuilder()
                        .setModel("models/forgetful")
                        .build()));

        evaluation.learned(new VersionName("forgetful", 4), List.of(secret), true);
        assertRefused(Status.Code.FAILED_PRECONDITION, "which was erased", () -> registry.calls()
                .aliases()
                .setAlias(activate("forgetful", 4)));

        registry.calls()
                .facts()
                .recordFacts(RecordFactsRequest.newBuilder().addFacts(secret).build());
        assertThat(registry.calls().aliases().setAlias(activate("forgetful", 2)).getVersion())
                .as("a fact that was recorded again is no secret")
                .isEqualTo("models/forgetful/versions/2");
    }

    private Version active(String model) {
        return registry.calls()
                .versions()
                .getVersion(GetVersionRequest.newBuilder()
                        .setName("models/%s/versions/active".formatted(model))
                        .build());
    }

    private static void assertRefused(Status.Code code, String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(code))
                .hasMessageContaining(reason);
    }
}
