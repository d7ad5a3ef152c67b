package io.loremesh.registry.artifact;

import io.loremesh.proto.registry.v1.CollectGarbageRequest;
import io.loremesh.proto.registry.v1.CollectGarbageResponse;
import io.loremesh.proto.registry.v1.UnusedArtifact;
import io.loremesh.registry.artifact.ArtifactIntake.Hold;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Removes artifacts that no version names and uploads that nobody goes on with. What a version names stays: each
 * artifact is looked at once more under the lock that versions are registered under, and the database's foreign key
 * would refuse the rest. The bytes go after the row, so a process that dies in between leaves bytes that the next
 * collection removes.
 */
@ApplicationScoped
public class GarbageCollection {
    private static final Duration USUAL_AGE = Duration.ofDays(1);

    private final ArtifactIntake intake;
    private final ArtifactStore store;
    private final Transactions transactions;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("garbage").daemon().factory());

    GarbageCollection(ArtifactIntake intake, ArtifactStore store, Transactions transactions) {
        this.intake = intake;
        this.store = store;
        this.transactions = transactions;
    }

    /** Errors: INVALID (negative age). */
    public Uni<CollectGarbageResponse> collect(CollectGarbageRequest request) {
        Duration age = request.hasMinAge()
                ? Duration.ofSeconds(
                        request.getMinAge().getSeconds(), request.getMinAge().getNanos())
                : USUAL_AGE;
        if (age.isNegative()) {
            throw new RegistryException(Kind.INVALID, "min_age is %s; write 0 or more", age);
        }
        Instant changedBefore = Timestamps.now().minus(age);
        return Uni.createFrom()
                .item(() -> collect(changedBefore, request.getDryRun()))
                .runSubscriptionOn(executor);
    }

    @PreDestroy
    void stop() {
        executor.shutdown();
    }

    private CollectGarbageResponse collect(Instant changedBefore, boolean dryRun) {
        var response = CollectGarbageResponse.newBuilder();
        try {
            for (Kept kept : intake.list()) {
                boolean old = !kept.changed().isAfter(changedBefore);
                if (old && (dryRun ? unused(kept) : removed(kept))) {
                    response.addUnused(UnusedArtifact.newBuilder()
                                    .setDigest(kept.digest().toString())
                                    .setStoredBytes(kept.bytes())
                                    .setComplete(kept.complete()))
                            .setFreedBytes(response.getFreedBytes() + kept.bytes());
                } else {
                    response.setKeptCount(response.getKeptCount() + 1);
                }
            }
            return response.build();
        } catch (IOException e) {
            throw new UncheckedIOException("the artifact store cannot be listed or written", e);
        }
    }

    private boolean unused(Kept kept) {
        return !kept.complete()
                || transactions
                        .in(() -> named(kept.digest()))
                        .map(named -> !named)
                        .await()
                        .indefinitely();
    }

    /** The hold keeps an upload of the same bytes from coming in between the row and the bytes. */
    private boolean removed(Kept kept) throws IOException {
        try (Hold hold = intake.hold(kept.digest())) {
            if (kept.complete()) {
                return forgotten(kept.digest()) && removed(kept.digest());
            }
            hold.removePartial();
            return true;
        } catch (RegistryException e) {
            if (e.kind() == Kind.BUSY) {
                // It is being uploaded: no garbage.
                return false;
            }
            throw e;
        }
    }

    /** Removes the row, under the lock that versions are registered under. */
    private boolean forgotten(ContentDigest digest) {
        return transactions
                .in(Lock.VERSIONS, () -> named(digest)
                        .chain(named -> named
                                ? Uni.createFrom().item(false)
                                : ArtifactEntity.deleteById(digest.toString()).replaceWith(true)))
                .await()
                .indefinitely();
    }

    /**
     * Removes the bytes, unless a registry on another machine, whose uploads no hold keeps out, has remembered them
     * since.
     */
    private boolean removed(ContentDigest digest) {
        return transactions
                .in(Lock.ARTIFACTS, () -> ArtifactEntity.count("digest", digest.toString())
                        .chain(known -> known > 0
                                ? Uni.createFrom().item(false)
                                : Transactions.blocking(() -> {
                                    store.remove(digest);
                                    return true;
                                })))
                .await()
                .indefinitely();
    }

    private static Uni<Boolean> named(ContentDigest digest) {
        return ArtifactEntity.count(
                        "from ArtifactEntity a where a.digest = ?1 and exists (select 1 from VersionEntity v"
                                + " where v.artifactDigest = a.digest)",
                        digest.toString())
                .map(count -> count > 0);
    }
}
