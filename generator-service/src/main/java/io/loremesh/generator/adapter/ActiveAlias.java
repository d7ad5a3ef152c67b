package io.loremesh.generator.adapter;

import io.loremesh.generator.base.BaseConfig;
import io.loremesh.generator.base.ServedBase;
import io.loremesh.generator.registry.RegistryClient;
import io.loremesh.proto.registry.v1.AliasMove;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Follows the registry's aliases {@code active}, whose moves load the new version first and then swap it in, and
 * {@code canary}, whose moves begin and end trials. Moves come twice, by the registry's stream and by Kafka, so that
 * the loss of one costs nothing; the sequence number tells which are old. They are applied one after the other on a
 * thread of their own.
 */
@ApplicationScoped
public class ActiveAlias {
    private static final Logger LOG = Logger.getLogger(ActiveAlias.class);
    private static final String ACTIVE = "active";
    private static final String CANARY = "canary";
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final RegistryClient registry;
    private final LoadedVersions versions;
    private final ServedBase base;
    private final String model;
    private final ExecutorService moves = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("aliases").factory());
    private volatile Cancellable watch = () -> {};
    private long applied;
    private long appliedTrial;

    ActiveAlias(RegistryClient registry, LoadedVersions versions, ServedBase base, BaseConfig config) {
        this.registry = registry;
        this.versions = versions;
        this.base = base;
        this.model = config.model();
    }

    void start(@Observes StartupEvent started) {
        if (base.available()) {
            watch = registry.watchAliases(model)
                    .emitOn(moves)
                    .invoke(this::apply)
                    .onCompletion()
                    .failWith(() -> new IllegalStateException("the registry ended the stream"))
                    .onFailure()
                    .invoke(away -> LOG.debugf("The aliases of %s cannot be watched now: %s", model, away.getMessage()))
                    .onFailure()
                    .retry()
                    .withBackOff(FIRST_RETRY, LAST_RETRY)
                    .indefinitely()
                    .subscribe()
                    .with(move -> {}, lost -> LOG.errorf(lost, "The aliases of %s are watched no more", model));
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        watch.cancel();
        moves.shutdownNow();
    }

    /**
     * Hands in a move that came by another way; it is applied soon, unless it is old or of an alias that is not
     * followed.
     */
    public void follow(AliasMove move) {
        if (base.available()) {
            moves.execute(() -> {
                try {
                    apply(move);
                } catch (RuntimeException failure) {
                    LOG.warnf(
                            "The move of %s to %s was not applied: %s",
                            move.getAlias(), move.getVersion(), failure.getMessage());
                }
            });
        }
    }

    // Runs on the thread "aliases" alone.
    private void apply(AliasMove move) {
        if (!move.getModel().equals(model)) {
            return;
        }
        if (move.getAlias().equals(ACTIVE) && move.getSequence() > applied) {
            versions.activate(move.getVersion());
            applied = move.getSequence();
        } else if (move.getAlias().equals(CANARY) && move.getSequence() > appliedTrial) {
            tryOut(move);
        }
    }

    /** A version that cannot be loaded has no part in this generator's requests; `active` is not held up by it. */
    private void tryOut(AliasMove move) {
        try {
            if (move.getShare() > 0 && !move.getVersion().isEmpty()) {
                versions.begin(new Trial(move.getSequence(), move.getVersion(), move.getShare(), move.getShadow()));
            } else {
                versions.endTrial();
            }
            appliedTrial = move.getSequence();
        } catch (RuntimeException failure) {
            versions.endTrial();
            LOG.warnf("%s cannot be tried here: %s", move.getVersion(), failure.getMessage());
        }
    }
}
