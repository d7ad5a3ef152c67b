package io.loremesh.cli.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.cli.connect.VersionNames;
import io.loremesh.model.adapter.ReproducibleTar;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A version as an OCI artifact on disk ("OCI Image Layout Specification" 1.0) with ModelPack's media types ("Model
 * Format Specification" of the CNCF's ModelPack): one uncompressed tar a layer, so that a cluster can mount it as a
 * volume. The same files give the same digest.
 *
 * @param dir an existing directory
 */
record OciLayout(Path dir) {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MODEL = "application/vnd.cncf.model.manifest.v1+json";
    private static final String CONFIG = "application/vnd.cncf.model.config.v1+json";
    private static final String CREATED = "org.opencontainers.image.created";
    private static final String TITLE = "org.opencontainers.image.title";
    private static final String REFERENCE = "org.opencontainers.image.ref.name";
    private static final String FILE_PATH = "org.cncf.model.filepath";
    private static final String BASE_DIGEST = "io.loremesh.base.digest";

    private static final SortedMap<String, String> LAYERS = new TreeMap<>(Map.of(
            "adapter_model.safetensors", "application/vnd.cncf.model.weight.v1.tar",
            "adapter_config.json", "application/vnd.cncf.model.weight.config.v1.tar",
            "README.md", "application/vnd.cncf.model.doc.v1.tar",
            "lineage.json", "application/vnd.cncf.model.doc.v1.tar"));

    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

    private record Descriptor(
            String mediaType, String artifactType, String digest, long size, Map<String, String> annotations) {}

    private record Manifest(
            int schemaVersion,
            String mediaType,
            String artifactType,
            Descriptor config,
            List<Descriptor> layers,
            Map<String, String> annotations) {}

    private record Index(int schemaVersion, String mediaType, List<Descriptor> manifests) {}

    private record ModelConfig(About descriptor, Technical config, Layers modelfs) {}

    private record About(String createdAt, String name, String version, String title) {}

    private record Technical(String architecture, String format) {}

    private record Layers(String type, List<String> diffIds) {}

    /** Writes the files of an exported version, which the layout names as {@code v3} does. */
    void write(Path files, Lineage lineage) throws IOException {
        Files.createDirectories(blobs());
        var layers = new ArrayList<Descriptor>();
        for (Map.Entry<String, String> layer : LAYERS.entrySet()) {
            layers.add(layer(files, layer.getKey(), layer.getValue()));
        }
        Version version = lineage.getVersion();
        String created =
                Instant.ofEpochSecond(version.getCreateTime().getSeconds()).toString();
        String brief = VersionNames.brief(version.getName());
        var config = new ModelConfig(
                new About(created, lineage.getBase().getName(), brief, version.getName()),
                new Technical(lineage.getBase().getArchitecture(), "safetensors"),
                new Layers("layers", layers.stream().map(Descriptor::digest).toList()));
        var manifest = new Manifest(
                2,
                MANIFEST,
                MODEL,
                blob(CONFIG, null, JSON.writeValueAsBytes(config), null),
                layers,
                new TreeMap<>(
                        Map.of(CREATED, created, TITLE, version.getName(), BASE_DIGEST, version.getBaseDigest())));
        Descriptor root = blob(MANIFEST, MODEL, JSON.writeValueAsBytes(manifest), Map.of(REFERENCE, brief));
        JSON.writeValue(dir.resolve("index.json").toFile(), new Index(2, INDEX, List.of(root)));
        JSON.writeValue(dir.resolve("oci-layout").toFile(), Map.of("imageLayoutVersion", "1.0.0"));
    }

    private Descriptor layer(Path files, String name, String mediaType) throws IOException {
        Path part = blobs().resolve(name + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            ReproducibleTar.write(files, new TreeSet<>(List.of(name)), out);
        }
        return keep(mediaType, null, part, Map.of(FILE_PATH, name));
    }

    private Descriptor blob(String mediaType, String artifactType, byte[] bytes, Map<String, String> annotations)
            throws IOException {
        return keep(mediaType, artifactType, Files.write(blobs().resolve("blob.part"), bytes), annotations);
    }

    /** Moves a file to where its digest says. */
    private Descriptor keep(String mediaType, String artifactType, Path part, Map<String, String> annotations)
            throws IOException {
        String digest = ArtifactTransfer.digest(part);
        long size = Files.size(part);
        Files.move(part, blobs().resolve(digest.substring(digest.indexOf(':') + 1)));
        return new Descriptor(mediaType, artifactType, digest, size, annotations);
    }

    private Path blobs() {
        return dir.resolve("blobs/sha256");
    }
}
