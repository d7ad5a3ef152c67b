package io.loremesh.trainer.publish;

import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.BaseModel;
import io.loremesh.proto.registry.v1.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings an adapter to the registry as a version, and a version's adapter back. Each step may be repeated. */
public final class VersionPublisher {
    private final Registry registry;
    private final BaseModelFiles base;

    public VersionPublisher(Registry registry, BaseModelFiles base) {
        this.registry = registry;
        this.base = base;
    }

    /** Packs, uploads and registers an adapter; returns the version's name. */
    public String publish(TrainedAdapter adapter) {
        BaseModel described = base.describe();
        requireFits(adapter, described);
        Path archive = adapter.dir().resolveSibling("adapter.tar");
        try {
            Artifact artifact = pack(adapter.dir(), archive);
            registry.ensureBaseModel(base.id(), described);
            registry.upload(artifact, archive);
            Version version = Version.newBuilder()
                    .setParent(adapter.parent())
                    .setBaseDigest(described.getDigest())
                    .setArtifact(artifact)
                    .setRun(adapter.run())
                    .addAllFacts(adapter.facts())
                    .putAllTraining(adapter.training())
                    .build();
            String name = registry.createVersion(described.getName(), version).getName();
            Files.delete(archive);
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException("the adapter in %s cannot be packed".formatted(adapter.dir()), e);
        }
    }

    /** Unpacks the adapter of a version into a directory that does not exist yet, and returns that directory. */
    public Path fetch(Version version, Path dir) {
        String digest = base.describe().getDigest();
        if (!version.getBaseDigest().equals(digest)) {
            throw new ModelFormatException("%s was trained on the base %s, but %s is %s; train from the base, or point "
                            .formatted(version.getName(), version.getBaseDigest(), base.dir(), digest)
                    + "loremesh.model-dir at that base");
        }
        try {
            Path archive = Files.createDirectories(dir).resolveSibling("parent.tar");
            registry.download(version.getArtifact(), archive);
            try (InputStream in = Files.newInputStream(archive)) {
                AdapterArchive.unpack(in, dir);
            }
            Files.delete(archive);
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the adapter of %s cannot be unpacked in %s".formatted(version.getName(), dir), e);
        }
    }

    private static Artifact pack(Path dir, Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive)) {
            AdapterArchive.pack(dir, out);
        }
        return Artifact.newBuilder()
                .setDigest(ArtifactFile.digest(archive))
                .setSizeBytes(Files.size(archive))
                .setMediaType(AdapterArchive.MEDIA_TYPE)
                .build();
    }

    /**
     * The base may have been exchanged under a service that runs: its adapter would then be registered for another
     * base.
     */
    private static void requireFits(TrainedAdapter adapter, BaseModel described) {
        try {
            String trainedOn = AdapterConfig.read(adapter.dir()).baseModel();
            if (!trainedOn.equals(described.getDigest())) {
                throw new ModelFormatException(
                        "the adapter of %s was trained on %s, but this trainer's base is %s; restart "
                                        .formatted(adapter.run(), trainedOn, described.getDigest())
                                + "trainer-service after exchanging the base");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the adapter in %s cannot be read".formatted(adapter.dir()), e);
        }
    }
}
