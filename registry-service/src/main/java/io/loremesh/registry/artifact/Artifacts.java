package io.loremesh.registry.artifact;

import io.loremesh.proto.registry.v1.Artifact;
import io.loremesh.proto.registry.v1.ArtifactStatus;
import io.loremesh.proto.registry.v1.DownloadArtifactRequest;
import io.loremesh.proto.registry.v1.DownloadArtifactResponse;
import io.loremesh.proto.registry.v1.UploadArtifactRequest;
import io.loremesh.proto.registry.v1.UploadArtifactResponse;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Timestamps;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Artifacts come and go in pieces; the database remembers what each is, the store holds the bytes. */
@ApplicationScoped
public class Artifacts {
    private static final int FILE_THREADS = 4;

    private final ArtifactIntake intake;
    private final ArtifactStore store;
    private final Transactions transactions;
    private final ExecutorService files = Executors.newFixedThreadPool(
            FILE_THREADS, Thread.ofPlatform().name("artifact-", 0).daemon().factory());

    Artifacts(ArtifactIntake intake, ArtifactStore store, Transactions transactions) {
        this.intake = intake;
        this.store = store;
        this.transactions = transactions;
    }

    /**
     * Stores bytes as they come. To be subscribed on a thread that may block, which each message then occupies until it
     * is written: that is what holds a fast client back.
     */
    public Uni<UploadArtifactResponse> upload(Multi<UploadArtifactRequest> messages) {
        var upload = new ArtifactUpload(intake);
        return messages.invoke(upload::accept)
                .onItem()
                .ignoreAsUni()
                .map(ignored -> upload.finish())
                .chain(this::remember)
                // Closed when it is remembered: until then a collection leaves its bytes alone.
                .onTermination()
                .invoke(upload::close)
                .map(artifact -> UploadArtifactResponse.newBuilder()
                        .setArtifact(artifact)
                        .build());
    }

    /**
     * Stores a whole file under its digest, on a thread that may block. Errors: BUSY (the same bytes are on their way).
     */
    public Uni<Artifact> store(Path file, String mediaType) {
        return onFiles(() -> FileIntake.of(file, mediaType, intake))
                .chain(intake -> remember(intake.artifact()).onTermination().invoke(intake::close));
    }

    /**
     * A part of a complete artifact, piece by piece, no faster than it is taken. Every byte of the artifact is verified
     * before the first is sent. Errors: NOT_FOUND, DATA_LOSS.
     */
    public Multi<byte[]> slice(ContentDigest digest, long offset, long size) {
        return onFiles(() -> ArtifactSlice.open(store, digest, offset, size))
                .onItem()
                .transformToMulti(slice -> pieces(() -> onFiles(slice::next), slice::close));
    }

    public Uni<ArtifactStatus> status(String name) {
        ContentDigest digest = ContentDigest.parse(name);
        return onFiles(() -> intake.status(digest))
                .chain(status -> transactions.in(() -> ArtifactEntity.<ArtifactEntity>findById(digest.toString())
                        .map(known -> toProto(digest, status, known))));
    }

    /** Sends bytes no faster than the client takes them. */
    public Multi<DownloadArtifactResponse> download(DownloadArtifactRequest request) {
        ContentDigest digest = ContentDigest.parse(request.getDigest());
        CallReadiness client = CallReadiness.ofThisCall();
        Context call = Vertx.currentContext();
        // Sent from the call's own event loop: from elsewhere the transport would learn of a piece later than it is
        // asked
        // whether it takes the next.
        Executor sender = task -> call.runOnContext(ignored -> task.run());
        return onFiles(() -> ArtifactDownload.open(store, digest, request.getOffset()))
                .onItem()
                .transformToMulti(download -> pieces(
                        () -> client.await().chain(() -> onFiles(download::next).emitOn(sender)), download::close));
    }

    /**
     * What a complete artifact holds, read on a thread that may block. Errors: NOT_FOUND, and what the reader throws.
     */
    public <T> Uni<T> read(ContentDigest digest, ArtifactReader<T> reader) {
        return onFiles(() -> {
            try (SeekableByteChannel bytes = store.read(digest)) {
                return reader.read(bytes);
            }
        });
    }

    /** Makes something of an artifact's bytes, without keeping the channel. */
    public interface ArtifactReader<T> {
        T read(SeekableByteChannel bytes) throws IOException;
    }

    /** Within a transaction: a complete artifact. Errors: NOT_FOUND. */
    public Uni<Artifact> require(ContentDigest digest) {
        return ArtifactEntity.<ArtifactEntity>findById(digest.toString())
                .onItem()
                .ifNull()
                .failWith(() -> new RegistryException(
                        Kind.NOT_FOUND, "artifact %s is not stored, or not all of it; upload it first", digest))
                .map(ArtifactEntity::toProto);
    }

    /** Piece after piece until there is none, then closes. */
    private static <T> Multi<T> pieces(Supplier<Uni<Optional<T>>> next, Runnable close) {
        return Multi.createBy()
                .repeating()
                .uni(next::get)
                .whilst(Optional::isPresent)
                .select()
                .where(Optional::isPresent)
                .map(Optional::get)
                .onTermination()
                .invoke(close);
    }

    @PreDestroy
    void stop() {
        files.shutdown();
    }

    /**
     * Under the lock that garbage is removed under: a registry on another machine may have collected these bytes just
     * now.
     */
    private Uni<Artifact> remember(Artifact artifact) {
        ContentDigest digest = ContentDigest.parse(artifact.getDigest());
        return transactions.in(Lock.ARTIFACTS, () -> Transactions.blocking(() -> store.size(digest))
                .invoke(size -> size.orElseThrow(() -> new RegistryException(
                        Kind.UNAVAILABLE, "artifact %s was collected as garbage meanwhile; upload it again", digest)))
                .chain(() -> ArtifactEntity.<ArtifactEntity>findById(artifact.getDigest()))
                .onItem()
                .ifNull()
                .switchTo(() -> {
                    var entity = new ArtifactEntity();
                    entity.digest = artifact.getDigest();
                    entity.sizeBytes = artifact.getSizeBytes();
                    entity.mediaType = artifact.getMediaType();
                    entity.createTime = Timestamps.now();
                    return entity.persist();
                })
                .map(ArtifactEntity::toProto));
    }

    private static ArtifactStatus toProto(ContentDigest digest, ArtifactIntake.Status status, ArtifactEntity known) {
        // Bytes whose upload has not been answered yet are not complete to a client: it asks again and is answered at
        // once.
        boolean complete = status.complete() && known != null;
        return ArtifactStatus.newBuilder()
                .setArtifact(
                        complete
                                ? known.toProto()
                                : Artifact.newBuilder()
                                        .setDigest(digest.toString())
                                        .build())
                .setStoredBytes(status.storedBytes())
                .setComplete(complete)
                .build();
    }

    private <T> Uni<T> onFiles(FileWork<T> work) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException("the artifact store cannot be read", e);
                    }
                })
                .runSubscriptionOn(files);
    }

    private interface FileWork<T> {
        T run() throws IOException;
    }
}
