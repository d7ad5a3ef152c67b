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
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Follows the registry's aliases {@code active}, whose moves load the new version first and then swap it in, and
 * {@code canary},
 * whose moves begin and end trials. Moves come twice, by the registry's stream and by Kafka, so that the loss of one
 * costs
 * nothing; the sequence number tells which are old. Each loads its version on a thread of its own, so that a download
 * that is
 * slow or dead holds no later move up, and is tried again as long as no later move has come.
 */
@ApplicationScoped
public class ActiveAlias {
    private static final Logger LOG = Logger.getLogger(ActiveAlias.class);
    private static final String ACTIVE = "active";
    private static final String CANARY = "canary";
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RELOAD = Duration.ofSeconds(30);

    /** Up to which move an alias was heard of, and followed. Guarded by itself. */
    private static final class Followed {
        private long heard;
        private long applied;

        synchronized boolean hear(AliasMove move) {
            boolean isNew = move.getSequence() > heard;
            heard = Math.max(heard, move.getSequence());
            return isNew;
        }

        synchronized boolean isLast(AliasMove move) {
            return move.getSequence() == heard;
        }

        /** A move whose version was long in coming may be late. */
        synchronized void apply(AliasMove move, Runnable change) {
            if (move.getSequence() > applied) {
                change.run();
                applied = move.getSequence();
            }
        }
    }

    private final RegistryClient registry;
    private final LoadedVersions versions;
    private final ServedBase base;
    private final String model;
    private final ExecutorService moves = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("alias-", 0).factory());
    private final Map<String, Followed> aliases = Map.of(ACTIVE, new Followed(), CANARY, new Followed());
    private volatile Cancellable watch = () -> {};

    ActiveAlias(RegistryClient registry, LoadedVersions versions, ServedBase base, BaseConfig config) {
        this.registry = registry;
        this.versions = versions;
        this.base = base;
        this.model = config.model();
    }

    void start(@Observes StartupEvent started) {
        if (base.available()) {
            watch = registry.watchAliases(model)
                    .invoke(this::follow)
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
     * Hands in a move; it is applied once its version is ready, unless it is old or of an alias that is not followed.
     */
    public void follow(AliasMove move) {
        Followed alias = aliases.get(move.getAlias());
        if (alias != null && base.available() && move.getModel().equals(model) && alias.hear(move)) {
            moves.execute(() -> applyAtLast(alias, move));
        }
    }

    private void applyAtLast(Followed alias, AliasMove move) {
        Duration pause = FIRST_RETRY;
        while (alias.isLast(move) && !moves.isShutdown()) {
            try {
                apply(alias, move);
                return;
            } catch (RuntimeException failure) {
                LOG.warnf(
                        "The move of %s to %s is not applied yet: %s; it is tried again in %s",
                        move.getAlias(), move.getVersion(), failure.getMessage(), pause);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LAST_RELOAD) < 0 ? pause.multipliedBy(2) : LAST_RELOAD;
        }
    }

    private void apply(Followed alias, AliasMove move) {
        boolean ofTrial = move.getAlias().equals(CANARY);
        if (ofTrial && (move.getShare() == 0 || move.getVersion().isEmpty())) {
            alias.apply(move, versions::endTrial);
            return;
        }
        String prepared;
        try {
            prepared = versions.prepare(move.getVersion());
        } catch (RuntimeException failure) {
            if (ofTrial && alias.isLast(move)) {
                // The trial before is over; its version has no more part in this generator's requests.
                versions.endTrial();
            }
            throw failure;
        }
        alias.apply(move, () -> {
            if (ofTrial) {
                versions.tryOut(new Trial(move.getSequence(), prepared, move.getShare(), move.getShadow()));
            } else {
                versions.answerBy(prepared);
            }
        });
    }
}
