package io.loremesh.trainer.run;

import io.loremesh.trainer.dataset.practice.Practices;
import io.loremesh.trainer.publish.BaseModelFiles;
import io.loremesh.trainer.publish.Registry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Locale;

/** Puts the trainer together from its settings; its parts know nothing of Quarkus. */
@Singleton
public class TrainerAssembly {
    @Produces
    @Singleton
    RunStore store(TrainerConfig config) {
        return new RunStore(config.dataDir().resolve("runs"));
    }

    @Produces
    @Singleton
    RunBoard board(RunStore store, RunEventPublisher events) {
        return new RunBoard(store, events::announce, InstantSource.system());
    }

    @Produces
    @Singleton
    BaseModelFiles base(TrainerConfig config) {
        return new BaseModelFiles(config.modelId(), config.modelDir());
    }

    @Produces
    @Singleton
    Practices practices(TrainerConfig config) {
        return Practices.with(config.trainer().practices().orElse(""));
    }

    @Produces
    @Singleton
    RunFlow flow(
            TrainerConfig config,
            RunStore store,
            RunBoard board,
            BaseModelFiles base,
            Practices practices,
            Registry registry,
            MeterRegistry metrics) {
        TrainerConfig.Trainer trainer = config.trainer();
        int threads = trainer.threads() == 0 ? Runtime.getRuntime().availableProcessors() : trainer.threads();
        TrainingBench bench = new TrainingBench(store, base, TrainingCommand.of(trainer), threads, trainer.stopGrace());
        return new RunFlow(board, registry, base, practices, bench, config::defaultSettings, new StepMeter(metrics));
    }

    /**
     * Unfinished runs of an earlier process are settled before the first call, and each state is counted from the
     * start.
     */
    void start(@Observes StartupEvent event, RunBoard board, MeterRegistry metrics) {
        for (var state : io.loremesh.proto.trainer.v1.RunState.values()) {
            if (state.name().startsWith("RUN_STATE_") && state.getNumber() > 0) {
                String tag = state.name().substring("RUN_STATE_".length()).toLowerCase(Locale.ROOT);
                Gauge.builder("loremesh.runs", board, runs -> runs.count(state))
                        .description("Runs in this state")
                        .tag("state", tag)
                        .register(metrics);
            }
        }
    }

    void stop(@Observes ShutdownEvent event, RunFlow flow) {
        flow.close();
    }
}
