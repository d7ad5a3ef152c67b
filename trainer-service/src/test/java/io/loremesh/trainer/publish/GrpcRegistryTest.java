package io.loremesh.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.Screening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
    void factsAreScreenedInTheirOrderHoweverManyThereAre() {
        List<Fact> facts = IntStream.range(0, 250)
                .mapToObj(i -> Fact.newBuilder().setName("facts/" + i).build())
                .toList();
        server.keepOut(facts.get(240), "because");

        Screening screening = registry.screen("models/demo", "runs/a", facts);

        assertThat(server.screened()).hasSize(3).allMatch(request -> request.getRun()
                .equals("runs/a"));
        assertThat(screening.getFactsList()).hasSize(250);
        assertThat(screening.getFacts(240).getKeptOut()).isTrue();
        assertThat(screening.getFacts(0).getFact()).isEqualTo("facts/0");
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
