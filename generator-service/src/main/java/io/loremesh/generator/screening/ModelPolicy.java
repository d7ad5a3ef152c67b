package io.loremesh.generator.screening;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.loremesh.generator.base.BaseConfig;
import io.loremesh.generator.registry.RegistryClient;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * The policy that screens this generator's answers, as the registry last told it. It is kept on disk, so that a
 * generator that starts while the registry is away does not let out what it held back before. Safe for concurrent use.
 */
@ApplicationScoped
public class ModelPolicy {
    private static final Logger LOG = Logger.getLogger(ModelPolicy.class);

    private final RegistryClient registry;
    private final ScreeningConfig config;
    private final String model;
    private final Path file;
    private ScreeningPolicy held = ScreeningPolicy.getDefaultInstance();
    private volatile AnswerScreen screen = AnswerScreen.NONE;
    private volatile Cancellable watch = () -> {};

    ModelPolicy(RegistryClient registry, BaseConfig base, ScreeningConfig config) {
        this.registry = registry;
        this.config = config;
        this.model = base.model();
        this.file = base.dataDir().resolve("screening.binpb");
    }

    /** What is done to answers now. A request takes it once. */
    public AnswerScreen screen() {
        return screen;
    }

    void start(@Observes StartupEvent started) {
        recall();
        watch = Multi.createFrom()
                .ticks()
                .every(config.refresh())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> refresh())
                .subscribe()
                .with(done -> {}, lost -> LOG.errorf(lost, "The policy of %s is followed no more", model));
    }

    void stop(@Observes ShutdownEvent stopping) {
        watch.cancel();
    }

    private Uni<Void> refresh() {
        return registry.policy(model)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(policy -> hold(policy.getScreening()))
                .onFailure()
                .invoke(away -> LOG.debugf("The policy of %s stays as it was: %s", model, away.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private synchronized void hold(ScreeningPolicy policy) {
        if (policy.equals(held)) {
            return;
        }
        screen = AnswerScreen.of(policy);
        held = policy;
        LOG.infof("Answers of %s are screened: %s", model, policy.getAnswers());
        try {
            Path written = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(written, policy.toByteArray());
            Files.move(written, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            // It holds all the same; a restart without the registry would go by the one before.
            LOG.warnf("The policy cannot be kept in %s (%s); check loremesh.data-dir", file, e);
        }
    }

    private synchronized void recall() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            held = ScreeningPolicy.parseFrom(Files.readAllBytes(file));
            screen = AnswerScreen.of(held);
        } catch (IOException e) {
            LOG.warnf("The policy in %s cannot be read and is asked for anew: %s", file, e.getMessage());
        }
    }
}
