package io.loremesh.generator.adapter;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.loremesh.generator.base.BaseConfig;
import io.loremesh.generator.registry.RegistryClient;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterArchive;
import io.loremesh.model.checkpoint.ModelFormatException;
import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Adapters on disk, one directory to an artifact's digest. A directory appears whole or not at all, so that a crash in
 * the middle of a download leaves nothing that looks like an adapter.
 */
@ApplicationScoped
public class AdapterStore {
    private static final String DIGEST = "sha256:[0-9a-f]{64}";

    private final RegistryClient registry;
    private final Path root;
    private final Duration patience;
    private final Duration limit;

    AdapterStore(RegistryClient registry, BaseConfig config) {
        this.registry = registry;
        this.patience = config.downloadPatience();
        this.limit = config.downloadLimit();
        this.root = config.dataDir().resolve("adapters");
    }

    /**
     * The adapter of an artifact, from disk or else from the registry. Blocks as long as a download may take; no
     * download waits
     * for another.
     *
     * @throws ArtifactDelayedException if the registry sends nothing for too long, or sends too slowly
     * @throws ArtifactCorruptException if other bytes arrive than the digest names
     * @throws ModelFormatException if the bytes are no adapter
     */
    public Adapter fetch(Artifact artifact) throws IOException {
        String digest = artifact.getDigest();
        if (!digest.matches(DIGEST)) {
            throw new ModelFormatException("The artifact digest '" + digest + "' is not sha256: and 64 hex digits");
        }
        Path kept = root.resolve(digest.substring("sha256:".length()));
        if (!Files.isDirectory(kept)) {
            Files.createDirectories(root);
            Path partial = Files.createTempDirectory(root, "partial-");
            try {
                Path archive = partial.resolve("archive");
                download(digest, archive);
                Path unpacked = Files.createDirectory(partial.resolve("adapter"));
                try (InputStream in = Files.newInputStream(archive)) {
                    AdapterArchive.unpack(in, unpacked);
                }
                keep(unpacked, kept);
            } finally {
                delete(partial);
            }
        }
        return Adapter.open(kept);
    }

    /** Another download of the same bytes may have been quicker. */
    private static void keep(Path unpacked, Path kept) throws IOException {
        try {
            Files.move(unpacked, kept, ATOMIC_MOVE);
        } catch (FileSystemException taken) {
            if (!Files.isDirectory(kept)) {
                throw taken;
            }
        }
    }

    private void download(String digest, Path archive) throws IOException {
        MessageDigest sha = sha256();
        long end = System.nanoTime() + limit.toNanos();
        // Closing the stream cancels the call.
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(archive), sha);
                Stream<DownloadArtifactResponse> parts = registry.download(digest)
                        .ifNoItem()
                        .after(patience)
                        .failWith(() -> new ArtifactDelayedException(digest, "nothing came for " + patience))
                        .subscribe()
                        .asStream()) {
            for (var part : (Iterable<DownloadArtifactResponse>) parts::iterator) {
                if (System.nanoTime() - end > 0) {
                    throw new ArtifactDelayedException(digest, "it was not whole after " + limit);
                }
                part.getData().writeTo(out);
            }
        }
        String actual = "sha256:" + HexFormat.of().formatHex(sha.digest());
        if (!actual.equals(digest)) {
            throw new ArtifactCorruptException(digest, actual);
        }
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
