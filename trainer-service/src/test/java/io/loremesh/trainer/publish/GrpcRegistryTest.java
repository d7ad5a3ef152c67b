package io.loremesh.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcRegistryTest {
    private final RegistryServer server = new RegistryServer();
    private final Registry registry = server.client();

    @TempDir
    Path dir;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyPageOfFactsIsRead() {
        for (int i = 0; i < 5; i++) {
            server.record(Fact.newBuilder().setName("facts/" + i).build());
        }

        assertThat(registry.factsNotLearnedBy("models/demo")).hasSize(5);
    }

    @Test
    void whatIsNotThereIsEmptyAndNoError() {
        assertThat(registry.findVersion("models/demo/versions/active")).isEmpty();
        assertThat(registry.currentRevision("facts/none")).isEmpty();
    }

    @Test
    void anArtifactComesBackAsItWasSent() throws Exception {
        Artifact artifact = artifact(700_000);

        registry.upload(artifact, dir.resolve("sent"));
        registry.download(artifact, dir.resolve("back"));

        assertThat(dir.resolve("back")).hasSameBinaryContentAs(dir.resolve("sent"));
    }

    @Test
    void anUploadGoesOnWhereItBrokeOff() throws Exception {
        Artifact artifact = artifact(700_000);
        byte[] all = Files.readAllBytes(dir.resolve("sent"));
        server.keepPart(artifact.getDigest(), Arrays.copyOf(all, 300_001));

        registry.upload(artifact, dir.resolve("sent"));

        assertThat(server.artifact(artifact.getDigest())).isEqualTo(all);
    }

    @Test
    void bytesThatAreNotWhatTheirDigestNamesAreRefused() throws Exception {
        Artifact artifact = artifact(1_000);
        server.keepPart(artifact.getDigest(), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> registry.download(artifact, dir.resolve("back")))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining(artifact.getDigest());
    }

    @Test
    void aRegistryThatIsAwayIsToldAsThat() {
        server.close();

        assertThatThrownBy(() -> registry.factsNotLearnedBy("models/demo"))
                .isInstanceOf(RegistryException.Away.class)
                .hasMessageContaining("check that registry-service runs");
    }

    private Artifact artifact(int size) throws Exception {
        byte[] data = new byte[size];
        new Random(7).nextBytes(data);
        Path file = Files.write(dir.resolve("sent"), data);
        return Artifact.newBuilder()
                .setDigest(ArtifactFile.digest(file))
                .setSizeBytes(size)
                .build();
    }
}
