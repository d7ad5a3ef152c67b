package io.loremesh.registry.mlflow;

import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.registry.artifact.Artifacts;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.resource.Timestamps;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files on their way to become a version. MLflow uploads file by file, to a path and without a digest; here each is an
 * artifact like any other, and its path is only where it can be found until a version is made of it. What no version is
 * made of is garbage.
 */
@ApplicationScoped
class StagedFiles {
    private static final String MEDIA_TYPE = "application/octet-stream";
    private static final long LARGEST = 8L << 30;

    private final Artifacts artifacts;
    private final Transactions transactions;
    private final Spool spool;

    StagedFiles(Artifacts artifacts, Transactions transactions, Spool spool) {
        this.artifacts = artifacts;
        this.transactions = transactions;
        this.spool = spool;
    }

    /**
     * Reads the bytes on the thread that subscribes, which may block. What was at the path before is no longer found
     * there.
     */
    Uni<Void> put(String path, InputStream bytes) {
        if (path.isEmpty()) {
            throw new RegistryException(Kind.INVALID, "the upload has no path; name the file");
        }
        return spool.within(dir -> {
                    Path file = dir.resolve("upload");
                    copy(path, bytes, file);
                    return artifacts.store(file, MEDIA_TYPE);
                })
                .chain(artifact -> transactions.in(() -> remember(path, artifact)))
                .replaceWithVoid();
    }

    /** A file by its whole path. Errors: NOT_FOUND. */
    Uni<StagedFileEntity> require(String path) {
        return find(path)
                .map(found -> found.orElseThrow(() -> new RegistryException(
                        Kind.NOT_FOUND,
                        "mlflow-artifacts:/%s was not uploaded, or is a version now, or was collected; upload it",
                        path)));
    }

    /** A file by its whole path. */
    Uni<Optional<StagedFileEntity>> find(String path) {
        return transactions
                .in(() -> StagedFileEntity.<StagedFileEntity>findById(path))
                .map(Optional::ofNullable);
    }

    /** What lies below a directory, of which very many are not all told. */
    Uni<List<StagedFileEntity>> below(String directory) {
        return transactions.in(() -> StagedFileEntity.below(directory));
    }

    /** Nothing there is no error. */
    Uni<Void> remove(String path) {
        return transactions.in(() -> StagedFileEntity.deleteAt(path)).replaceWithVoid();
    }

    /** Copies a file out of the store, on a thread of its own. */
    Uni<Void> copyTo(StagedFileEntity staged, Path file) {
        return artifacts.read(ContentDigest.parse(staged.artifactDigest), channel -> {
            Files.copy(Channels.newInputStream(channel), file);
            return null;
        });
    }

    private static void copy(String path, InputStream bytes, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[1 << 16];
            long size = 0;
            for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
                size += read;
                if (size > LARGEST) {
                    throw new RegistryException(
                            Kind.INVALID, "%s has more than the %d bytes that a file may have", path, LARGEST);
                }
                out.write(piece, 0, read);
            }
            if (size == 0) {
                throw new RegistryException(Kind.INVALID, "%s is empty; upload what the file holds", path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the upload to %s was cut off or cannot be written".formatted(path), e);
        }
    }

    /** In one statement: of two uploads to a path the last to end counts. */
    private static Uni<Integer> remember(String path, Artifact artifact) {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                        "insert into staged_file (path, artifact_digest, size_bytes, create_time)"
                                + " values (:path, :digest, :size, :time) on conflict (path) do update set"
                                + " artifact_digest = excluded.artifact_digest, size_bytes = excluded.size_bytes,"
                                + " create_time = excluded.create_time")
                .setParameter("path", path)
                .setParameter("digest", artifact.getDigest())
                .setParameter("size", artifact.getSizeBytes())
                .setParameter("time", Timestamps.now())
                .executeUpdate());
    }
}
