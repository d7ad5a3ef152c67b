package io.loremesh.registry.mlflow;

import com.fasterxml.jackson.core.JacksonException;
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
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Adapters as MLflow sees them, files in a directory, and as the registry keeps them, one archive each. */
@ApplicationScoped
class AdapterFiles {
    static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_CONFIG = 1 << 20;
    private static final int MOST_FILES = 16;

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
     * Makes the archive of an uploaded directory: the same that `mesh import` makes of the same files. Other files
     * beside the two of an adapter are no part of it. Errors: INVALID (files that are missing or are no adapter).
     */
    Uni<Artifact> pack(String directory) {
        return file(directory, CONFIG, LARGEST_CONFIG).chain(config -> file(directory, WEIGHTS, Long.MAX_VALUE)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(weights -> pack(config, weights)));
    }

    /** The files of an archive. Errors: NOT_FOUND, INVALID (no archive). */
    Uni<List<Member>> members(ContentDigest digest) {
        return artifacts.read(digest, channel -> members(digest, channel));
    }

    /** Digest of the base that the adapter says it was trained on. Errors: NOT_FOUND, INVALID. */
    Uni<String> base(ContentDigest digest) {
        return artifacts.read(digest, channel -> {
            Member config = members(digest, channel).stream()
                    .filter(member -> member.name().equals(CONFIG) && member.size() <= LARGEST_CONFIG)
                    .findFirst()
                    .orElseThrow(() ->
                            noAdapter(digest, "it has no %s of %d bytes at most".formatted(CONFIG, LARGEST_CONFIG)));
            return base(digest, bytes(channel, config));
        });
    }

    private Uni<Artifact> pack(StagedFileEntity config, StagedFileEntity weights) {
        return spool.within(dir -> staged.copyTo(config, dir.resolve(CONFIG))
                .chain(() -> staged.copyTo(weights, dir.resolve(WEIGHTS)))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(ignored -> archive(dir))
                .chain(archive -> artifacts.store(archive, AdapterArchive.MEDIA_TYPE)));
    }

    /** An uploaded file of an adapter. Errors: INVALID. */
    private Uni<StagedFileEntity> file(String directory, String name, long largest) {
        return staged.find(directory + "/" + name).map(found -> found.filter(file -> file.sizeBytes <= largest)
                .orElseThrow(() -> new RegistryException(
                        Kind.INVALID,
                        "mlflow-artifacts:/%s has no %s%s; upload %s and %s of a PEFT adapter there, then register it",
                        directory,
                        name,
                        found.isPresent() ? " of %d bytes at most".formatted(largest) : "",
                        CONFIG,
                        WEIGHTS)));
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
        } catch (JacksonException e) {
            throw new RegistryException(Kind.INVALID, "%s is not JSON: %s", CONFIG, e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the adapter in %s cannot be packed".formatted(dir), e);
        }
    }

    private static List<Member> members(ContentDigest digest, SeekableByteChannel channel) {
        try {
            var tar = new TarArchiveInputStream(Channels.newInputStream(channel.position(0)));
            var members = new ArrayList<Member>();
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                // The stream reads no further than the header, so this is where the entry's bytes begin.
                var member = new Member(entry.getName(), channel.position(), entry.getSize());
                if (!entry.isFile()
                        || entry.isSparse()
                        || member.size() > channel.size() - member.offset()
                        || members.size() == MOST_FILES) {
                    throw noAdapter(digest, "it is no archive of %d plain files at most".formatted(MOST_FILES));
                }
                members.add(member);
            }
            return List.copyOf(members);
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
                        ("it names its base \"%.80s\", which cannot be compared; `mesh import` "
                                        + "compares the shapes themselves")
                                .formatted(base));
            }
            return base;
        } catch (JacksonException e) {
            throw noAdapter(digest, "its %s is not JSON: %s".formatted(CONFIG, e.getOriginalMessage()));
        }
    }

    private static RegistryException noAdapter(ContentDigest digest, String why) {
        return new RegistryException(Kind.INVALID, "artifact %s cannot be registered as an adapter: %s", digest, why);
    }
}
