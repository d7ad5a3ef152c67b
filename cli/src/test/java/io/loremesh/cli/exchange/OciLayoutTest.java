package io.loremesh.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES =
            List.of("README.md", "adapter_config.json", "adapter_model.safetensors", "lineage.json");

    @TempDir
    private Path work;

    private Path files;

    @BeforeEach
    void anExportedVersion() throws IOException {
        files = Files.createDirectory(work.resolve("files"));
        for (String name : NAMES) {
            Files.writeString(files.resolve(name), "what " + name + " says");
        }
    }

    private Path written(String to) throws IOException {
        Path dir = Files.createDirectory(work.resolve(to));
        new OciLayout(dir)
                .write(
                        files,
                        Lineage.newBuilder()
                                .setVersion(Version.newBuilder()
                                        .setName("models/demo/versions/3")
                                        .setBaseDigest("sha256:b")
                                        .setCreateTime(Timestamp.newBuilder().setSeconds(1_700_000_000)))
                                .setBase(BaseModel.newBuilder()
                                        .setName("models/demo")
                                        .setArchitecture("Qwen2ForCausalLM"))
                                .build());
        return dir;
    }

    private static JsonNode manifest(Path dir) throws IOException {
        JsonNode index = JSON.readTree(dir.resolve("index.json").toFile());
        return JSON.readTree(blob(dir, index.at("/manifests/0")).toFile());
    }

    private static Path blob(Path dir, JsonNode descriptor) {
        return dir.resolve("blobs/sha256")
                .resolve(descriptor.get("digest").asText().substring("sha256:".length()));
    }

    @Test
    void everyDescriptorNamesABlobByItsDigestAndSize() throws IOException {
        Path dir = written("oci");
        JsonNode index = JSON.readTree(dir.resolve("index.json").toFile());
        JsonNode manifest = manifest(dir);
        var descriptors = new ArrayList<>(List.of(index.at("/manifests/0"), manifest.get("config")));
        manifest.get("layers").forEach(descriptors::add);

        assertThat(descriptors).hasSize(6).allSatisfy(descriptor -> {
            Path blob = blob(dir, descriptor);
            assertThat(ArtifactTransfer.digest(blob))
                    .isEqualTo(descriptor.get("digest").asText());
            assertThat(Files.size(blob)).isEqualTo(descriptor.get("size").asLong());
        });
        try (var blobs = Files.list(dir.resolve("blobs/sha256"))) {
            assertThat(blobs).hasSize(6);
        }
        assertThat(index.at("/manifests/0/annotations/org.opencontainers.image.ref.name")
                        .asText())
                .isEqualTo("v3");
        assertThat(JSON.readTree(dir.resolve("oci-layout").toFile())
                        .get("imageLayoutVersion")
                        .asText())
                .isEqualTo("1.0.0");
    }

    @Test
    void theLayersAreTheFilesUnderModelPacksMediaTypes() throws IOException {
        Path dir = written("oci");
        JsonNode manifest = manifest(dir);
        var types = new TreeMap<String, String>();
        for (JsonNode layer : manifest.get("layers")) {
            String name = layer.at("/annotations/org.cncf.model.filepath").asText();
            types.put(name, layer.get("mediaType").asText());
            try (InputStream in = Files.newInputStream(blob(dir, layer));
                    var tar = new TarArchiveInputStream(in)) {
                TarArchiveEntry entry = tar.getNextEntry();
                assertThat(entry.getName()).isEqualTo(name);
                assertThat(new String(tar.readAllBytes())).isEqualTo("what " + name + " says");
            }
        }

        assertThat(manifest.get("artifactType").asText()).isEqualTo("application/vnd.cncf.model.manifest.v1+json");
        assertThat(types)
                .containsEntry("adapter_model.safetensors", "application/vnd.cncf.model.weight.v1.tar")
                .containsEntry("adapter_config.json", "application/vnd.cncf.model.weight.config.v1.tar")
                .containsEntry("README.md", "application/vnd.cncf.model.doc.v1.tar")
                .containsEntry("lineage.json", "application/vnd.cncf.model.doc.v1.tar");
    }

    @Test
    void theConfigurationNamesTheVersionAndItsLayers() throws IOException {
        Path dir = written("oci");
        JsonNode manifest = manifest(dir);
        JsonNode config = JSON.readTree(blob(dir, manifest.get("config")).toFile());

        assertThat(config.at("/descriptor/createdAt").asText()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(config.at("/descriptor/version").asText()).isEqualTo("v3");
        assertThat(config.at("/config/architecture").asText()).isEqualTo("Qwen2ForCausalLM");
        assertThat(config.at("/modelfs/type").asText()).isEqualTo("layers");
        for (int i = 0; i < NAMES.size(); i++) {
            assertThat(config.at("/modelfs/diffIds/" + i).asText())
                    .isEqualTo(manifest.at("/layers/" + i + "/digest").asText());
        }
    }

    @Test
    void theSameFilesGiveTheSameDigest() throws IOException {
        String first = Files.readString(written("one").resolve("index.json"));

        assertThat(Files.readString(written("two").resolve("index.json"))).isEqualTo(first);

        Files.writeString(files.resolve("README.md"), "what another card says");
        assertThat(Files.readString(written("three").resolve("index.json"))).isNotEqualTo(first);
    }
}
