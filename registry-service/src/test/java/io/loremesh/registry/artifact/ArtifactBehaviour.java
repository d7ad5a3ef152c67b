package io.loremesh.registry.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.door.RawCall;
import io.loremesh.proto.registry.v1.CollectGarbageRequest;
import io.loremesh.proto.registry.v1.CreateVersionRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.GetArtifactStatusRequest;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.UnusedArtifact;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.Eventually;
import io.loremesh.registry.RegistryCaller;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of artifacts, wherever they lie. */
abstract class ArtifactBehaviour {
    static final int SIZE = 8 << 20;
    private static final int SMALL = 600_000;

    @TestHTTPResource
    URL address;

    RegistryCaller registry;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    static byte[] bytes(long seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"VersionService/GetVersion", "ArtifactService/UploadArtifact"})
    void aMessageThatIsNotUtf8IsRefused(String method) throws InterruptedException {
        Status refused = RawCall.refusal(address.getPort(), "loremesh.registry.v1." + method, RawCall.notUtf8());

        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).contains("protobuf");
    }

    @Test
    void aCutUploadIsResumedAndComesBackWhole() {
        byte[] bytes = bytes(1);
        String digest = ContentDigest.of(bytes).toString();
        var status = GetArtifactStatusRequest.newBuilder().setDigest(digest).build();
        assertRefused(Status.Code.NOT_FOUND, () -> registry.calls().artifacts().getArtifactStatus(status));

        assertRefused(Status.Code.INVALID_ARGUMENT, () -> registry.upload(digest, bytes, 0, 3 << 20));
        assertThat(registry.calls().artifacts().getArtifactStatus(status).getStoredBytes())
                .isEqualTo(3 << 20);
        assertThat(registry.calls().artifacts().getArtifactStatus(status).getComplete())
                .isFalse();
        assertRefused(Status.Code.OUT_OF_RANGE, () -> registry.upload(digest, bytes, 4 << 20, SIZE));

        registry.upload(digest, bytes, 3 << 20, SIZE);

        assertThat(registry.calls().artifacts().getArtifactStatus(status).getComplete())
                .isTrue();
        assertThat(registry.calls()
                        .artifacts()
                        .getArtifactStatus(status)
                        .getArtifact()
                        .getSizeBytes())
                .isEqualTo(SIZE);
        assertThat(download(digest, 0)).isEqualTo(bytes);
        assertThat(download(digest, SIZE - 100)).isEqualTo(Arrays.copyOfRange(bytes, SIZE - 100, SIZE));
        assertRefused(Status.Code.OUT_OF_RANGE, () -> download(digest, SIZE + 1));
    }

    /** At nothing but the first message, in a piece, at its edge, before the last byte, and before the end is told. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_001, 1 << 18, (1 << 18) + 1, SMALL - 1, SMALL})
    void anUploadWhoseCallIsCutAnywhereGoesOnFromWhatIsStored(int cutAt) {
        byte[] bytes = Arrays.copyOf(bytes(6 + cutAt), SMALL);
        String digest = ContentDigest.of(bytes).toString();
        Runnable cut = registry.uploadWithoutEnd(digest, bytes, cutAt);
        Eventually.holds(
                () -> assertThat(registry.status(digest).getStoredBytes()).isEqualTo(cutAt));

        cut.run();

        // Until the registry has noticed, the upload is another's.
        Eventually.holds(() -> registry.upload(digest, bytes, cutAt, SMALL));
        assertThat(registry.status(digest).getComplete()).isTrue();
        assertThat(download(digest, 0)).isEqualTo(bytes);
    }

    @Test
    void otherBytesThanTheDigestSaysKeepNothing() {
        byte[] bytes = bytes(2);
        String digest = ContentDigest.of(bytes(3)).toString();
        assertRefused(Status.Code.DATA_LOSS, () -> registry.upload(digest, bytes, 0, SIZE));
        assertRefused(Status.Code.NOT_FOUND, () -> registry.calls()
                .artifacts()
                .getArtifactStatus(
                        GetArtifactStatusRequest.newBuilder().setDigest(digest).build()));
    }

    @Test
    void versionIsRegisteredOnceByDigest() {
        registry.createModel("once");
        Version first = registry.createVersion("once", "adapter one", List.of());
        Version again = registry.createVersion("once", "adapter one", List.of());
        Version other = registry.createVersion("once", "adapter two", List.of());

        assertThat(first.getName()).isEqualTo("models/once/versions/1");
        assertThat(again).isEqualTo(first);
        assertThat(other.getName()).isEqualTo("models/once/versions/2");
        assertThat(registry.calls()
                        .versions()
                        .listVersions(ListVersionsRequest.newBuilder()
                                .setParent("models/once")
                                .build())
                        .getVersionsList())
                .containsExactly(other, first);
    }

    @Test
    void aVersionOfWhatIsNotThereIsRefusedByName() {
        registry.createModel("strict");
        Version good = registry.createVersion("strict", "adapter of strict", List.of());
        var otherBase =
                good.toBuilder().setBaseDigest("sha256:" + "c".repeat(64)).build();
        assertRefused(Status.Code.FAILED_PRECONDITION, () -> create("strict", otherBase));
        var noArtifact = good.toBuilder();
        noArtifact.getArtifactBuilder().setDigest("sha256:" + "d".repeat(64));
        assertRefused(Status.Code.NOT_FOUND, () -> create("strict", noArtifact.build()));
        assertRefused(Status.Code.NOT_FOUND, () -> create("nowhere", good));
        assertRefused(Status.Code.NOT_FOUND, () -> registry.calls()
                .versions()
                .getVersion(GetVersionRequest.newBuilder()
                        .setName("models/strict/versions/9")
                        .build()));
    }

    @Test
    void aParentHasToBeThereBeforeItsChildSoNoVersionDescendsFromItself() {
        registry.createModel("kin");
        registry.createModel("stranger");
        Version first = registry.createVersion("kin", "kin one", List.of());
        Version second = grown(first.getName(), "kin two");
        Version foreign = registry.createVersion("stranger", "stranger one", List.of());

        assertThat(second.getParent()).isEqualTo(first.getName());
        assertRefused(Status.Code.FAILED_PRECONDITION, () -> grown(foreign.getName(), "kin three"));
        assertRefused(Status.Code.NOT_FOUND, () -> grown("models/kin/versions/9", "kin three"));
        assertRefused(Status.Code.NOT_FOUND, () -> grown("models/kin/versions/3", "kin three, its own parent"));
        Version again = grown(second.getName(), "kin one");
        assertThat(again)
                .as("the same adapter is the same version, whatever parent it is given")
                .isEqualTo(first);
        assertThat(again.getParent()).isEmpty();
        assertThat(registry.calls()
                        .versions()
                        .listVersions(ListVersionsRequest.newBuilder()
                                .setParent("models/kin")
                                .build())
                        .getVersionsList())
                .containsExactly(second, first);
    }

    /** Registers a version of models/kin. */
    private Version grown(String parent, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        var artifact = registry.upload(ContentDigest.of(bytes).toString(), bytes, 0, bytes.length);
        return registry.calls()
                .versions()
                .createVersion(CreateVersionRequest.newBuilder()
                        .setParent("models/kin")
                        .setVersion(Version.newBuilder()
                                .setArtifact(artifact)
                                .setBaseDigest(RegistryCaller.BASE_DIGEST)
                                .setParent(parent))
                        .build());
    }

    @Test
    void garbageIsWhatNoVersionNames() {
        registry.createModel("tidy");
        Version named = registry.createVersion("tidy", "adapter of tidy", List.of());
        byte[] bytes = bytes(4);
        String unnamed = ContentDigest.of(bytes).toString();
        registry.upload(unnamed, bytes, 0, SIZE);
        byte[] cut = bytes(5);
        String partial = ContentDigest.of(cut).toString();
        assertRefused(Status.Code.INVALID_ARGUMENT, () -> registry.upload(partial, cut, 0, 1 << 20));
        var now = CollectGarbageRequest.newBuilder()
                .setDryRun(true)
                .setMinAge(Duration.getDefaultInstance())
                .build();

        assertThat(unused(CollectGarbageRequest.newBuilder().build()))
                .as("what was uploaded just now may be about to be registered")
                .isEmpty();
        assertThat(unused(now))
                .contains(unnamed, partial)
                .doesNotContain(named.getArtifact().getDigest());
        assertThat(download(unnamed, 0)).as("a dry run removes nothing").isEqualTo(bytes);
        assertThat(unused(now.toBuilder().setDryRun(false).build())).contains(unnamed, partial);

        assertRefused(Status.Code.NOT_FOUND, () -> download(unnamed, 0));
        assertRefused(
                Status.Code.NOT_FOUND,
                () -> create(
                        "tidy",
                        named.toBuilder()
                                .setArtifact(named.getArtifact().toBuilder().setDigest(unnamed))
                                .build()));
        assertThat(download(named.getArtifact().getDigest(), 0)).isNotEmpty();
        registry.upload(unnamed, bytes, 0, SIZE);
        assertThat(download(unnamed, 0)).isEqualTo(bytes);
    }

    private List<String> unused(CollectGarbageRequest request) {
        return registry.calls().artifacts().collectGarbage(request).getUnusedList().stream()
                .map(UnusedArtifact::getDigest)
                .toList();
    }

    private void create(String model, Version version) {
        registry.calls()
                .versions()
                .createVersion(CreateVersionRequest.newBuilder()
                        .setParent("models/" + model)
                        .setVersion(version)
                        .build());
    }

    byte[] download(String digest, long offset) {
        var received = new ByteArrayOutputStream();
        registry.calls()
                .artifacts()
                .downloadArtifact(DownloadArtifactRequest.newBuilder()
                        .setDigest(digest)
                        .setOffset(offset)
                        .build())
                .forEachRemaining(piece -> received.writeBytes(piece.getData().toByteArray()));
        return received.toByteArray();
    }

    static void assertRefused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> assertThat(
                        refusal.getStatus().getCode())
                .as(refusal.getMessage())
                .isEqualTo(code));
    }
}
