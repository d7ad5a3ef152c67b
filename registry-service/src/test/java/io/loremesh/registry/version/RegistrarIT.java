package io.loremesh.registry.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.ListAuditEntriesRequest;
import io.loremesh.proto.registry.v1.VerifyAuditLogRequest;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.artifact.ContentDigest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registrations that come together, on the real database. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class RegistrarIT {
    private static final int CALLERS = 24;

    @TestHTTPResource
    URL address;

    private RegistryCaller registry;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Artifact stored(String content) {
        byte[] bytes = content.getBytes(UTF_8);
        return registry.upload(ContentDigest.of(bytes).toString(), bytes, 0, bytes.length);
    }

    private Version register(Artifact artifact, String parent, String baseDigest) {
        return registry.calls()
                .versions()
                .createVersion(CreateVersionRequest.newBuilder()
                        .setParent("models/together")
                        .setVersion(Version.newBuilder()
                                .setArtifact(artifact)
                                .setParent(parent)
                                .setBaseDigest(baseDigest))
                        .build());
    }

    private Version register(Artifact artifact) {
        return register(artifact, "", RegistryCaller.BASE_DIGEST);
    }

    private static Status.Code codeOf(Future<Version> call) {
        assertThat(call.exceptionNow()).isInstanceOf(StatusRuntimeException.class);
        return ((StatusRuntimeException) call.exceptionNow()).getStatus().getCode();
    }

    private static List<Future<Version>> together(List<Callable<Version>> calls) throws InterruptedException {
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            return callers.invokeAll(calls);
        }
    }

    @Test
    void thoseWhoComeTogetherAreNumberedWithoutGapsAndNobodyFailsForAnother() throws Exception {
        registry.createModel("together");
        List<Artifact> own = IntStream.range(0, 40)
                .mapToObj(i -> stored("adapter %d of the crowd".formatted(i)))
                .toList();
        Artifact shared = stored("the adapter that many register");
        Artifact missing = Artifact.newBuilder()
                .setDigest(ContentDigest.of("never sent".getBytes(UTF_8)).toString())
                .build();
        List<Callable<Version>> calls = new ArrayList<>();
        for (Artifact artifact : own) {
            calls.add(() -> register(artifact));
            calls.add(() -> register(shared));
            calls.add(() -> register(missing));
            calls.add(() -> register(artifact, "models/together/versions/4711", RegistryCaller.BASE_DIGEST));
            calls.add(() -> register(artifact, "", "sha256:" + "c".repeat(64)));
        }

        List<Future<Version>> answers = together(calls);

        List<Version> registered = new ArrayList<>();
        for (int i = 0; i < answers.size(); i += 5) {
            registered.add(answers.get(i).get());
            assertThat(answers.get(i + 1).get()).isEqualTo(answers.get(1).get());
            assertThat(codeOf(answers.get(i + 2))).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(codeOf(answers.get(i + 4))).isEqualTo(Status.Code.FAILED_PRECONDITION);
        }
        assertThat(registered.stream().map(version -> version.getArtifact().getDigest()))
                .containsExactlyElementsOf(own.stream().map(Artifact::getDigest).toList());
        registered.add(answers.get(1).get());
        assertThat(registered.stream().map(Version::getName))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 41)
                        .mapToObj("models/together/versions/%d"::formatted)
                        .toList());
        for (Version version : registered) {
            assertThat(registry.calls()
                            .audit()
                            .listAuditEntries(ListAuditEntriesRequest.newBuilder()
                                    .setSubject(version.getName())
                                    .build())
                            .getEntriesList())
                    .hasSize(1);
        }
        assertThat(registry.calls()
                        .audit()
                        .verifyAuditLog(VerifyAuditLogRequest.getDefaultInstance())
                        .hasFirstBreak())
                .isFalse();
    }
}
