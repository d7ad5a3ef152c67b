package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.model.checkpoint.SafetensorsFile;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.registry.artifact.Artifacts;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** Adapters as MLflow sees them, files in a directory, and as the registry keeps them, one archive each. */
@ApplicationScoped
class AdapterFiles {
    static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_CONFIG = 1 << 20;

    private final Artifacts artifacts;
    private final StagedFiles staged;
    private final Spool spool;

    /** A file inside an archive: where its bytes lie. */
    record Member(String name, long offset, long size) {}

    AdapterFiles(Artifacts artifacts, StagedFiles staged, Spool spool) {
        this.artifacts = artifacts;
        this.staged = staged;
        this.spool = spool;
    }

    /**
     * Makes the archive of an uploaded directory: the same that `mesh import` makes of the same files. Other files beside the two of
     * an adapter are no part of it. Errors: INVALID (files that are missing or are no adapter).
     */
    Uni<Artifact> pack(String directory) {
        return staged.below(directory)
                .map(files -> List.of(require(files, directory, CONFIG), require(files, directory, WEIGHTS)))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(files -> {
                    Path dir = spool.open();
                    return staged.copyTo(files.getFirst(), dir.resolve(CONFIG))
                            .chain(() -> staged.copyTo(files.getLast(), dir.resolve(WEIGHTS)))
                            .emitOn(Infrastructure.getDefaultWorkerPool())
                            .map(ignored -> archive(dir))
                            .chain(archive -> artifacts.store(archive, AdapterArchive.MEDIA_TYPE))
                            .onTermination()
                            .invoke(() -> spool.close(dir));
                });
    }

    /** The files of an archive. Errors: NOT_FOUND, INVALID (no archive). */
    Uni<List<Member>> members(ContentDigest digest) {
        return artifacts.read(digest, channel -> members(digest, channel));
    }

    /** Digest of the base that the adapter says it was trained on. Errors: NOT_FOUND, INVALID. */
    Uni<String> base(ContentDigest digest) {
        return members(digest)
                .map(members -> members.stream()
                        .filter(member -> member.name().equals(CONFIG) && member.size() <= LARGEST_CONFIG)
                        .findFirst()
                        .orElseThrow(() -> noAdapter(digest, "it has no " + CONFIG)))
                .chain(config -> artifacts.read(digest, channel -> base(digest, bytes(channel, config))));
    }

    private static StagedFileEntity require(List<StagedFileEntity> files, String directory, String name) {
        String path = directory + "/" + name;
        return files.stream()
                .filter(file -> file.path.equals(path))
                .findFirst()
                .orElseThrow(() -> new RegistryException(
                        Kind.INVALID,
                        "mlflow-artifacts:/%s has no %s; upload %s and %s of a PEFT adapter there, then register it",
                        directory,
                        name,
                        CONFIG,
                        WEIGHTS));
    }

    private static Path archive(Path dir) {
        try {
            AdapterConfig.read(dir);
            try (SafetensorsFile weights = SafetensorsFile.open(dir.resolve(WEIGHTS))) {
                if (weights.names().isEmpty()) {
                    throw new ModelFormatException(WEIGHTS + " holds no tensor");
                }
            }
            Path archive = dir.resolve("adapter.tar");
            try (OutputStream out = Files.newOutputStream(archive)) {
                AdapterArchive.pack(dir, out);
            }
            return archive;
        } catch (ModelFormatException e) {
            throw new RegistryException(
                    Kind.INVALID,
                    "what was uploaded is no PEFT adapter: %s",
                    e.getMessage().replace(dir + "/", ""));
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new RegistryException(Kind.INVALID, "%s is not JSON: %s", CONFIG, e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the adapter in %s cannot be packed".formatted(dir), e);
        }
    }

    private static List<Member> members(ContentDigest digest, SeekableByteChannel channel) {
        try (var tar = new TarFile(channel)) {
            return tar.getEntries().stream()
                    .filter(TarArchiveEntry::isFile)
                    .map(entry -> new Member(entry.getName(), entry.getDataOffset(), entry.getSize()))
                    .toList();
        } catch (IOException | IllegalArgumentException e) {
            throw noAdapter(digest, "it is no tar: " + e.getMessage());
        }
    }

    private static byte[] bytes(SeekableByteChannel channel, Member member) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) member.size());
        channel.position(member.offset());
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
        return bytes.array();
    }

    private static String base(ContentDigest digest, byte[] config) throws IOException {
        try {
            String base = JSON.readTree(config).path("base_model_name_or_path").asText();
            if (!base.startsWith("sha256:")) {
                throw noAdapter(
                        digest,
                        "it names its base \"%.80s\", which cannot be compared; `mesh import` compares the shapes themselves"
                                .formatted(base));
            }
            return base;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw noAdapter(digest, "its %s is not JSON: %s".formatted(CONFIG, e.getOriginalMessage()));
        }
    }

    private static RegistryException noAdapter(ContentDigest digest, String why) {
        return new RegistryException(Kind.INVALID, "artifact %s cannot be registered as an adapter: %s", digest, why);
    }
}
