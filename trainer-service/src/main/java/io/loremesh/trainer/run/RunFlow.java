package io.loremesh.trainer.run;

import io.loremesh.model.profile.BaseProfile;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.trainer.v1.CreateRunRequest;
import io.loremesh.trainer.dataset.practice.Practices;
import io.loremesh.trainer.publish.BaseModelFiles;
import io.loremesh.trainer.publish.Registry;
import io.loremesh.trainer.publish.TrainedAdapter;
import io.loremesh.trainer.publish.VersionPublisher;
import io.loremesh.trainer.run.ActiveRun.Stop;
import io.loremesh.trainer.run.ActiveRun.StoppedException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * The story of a run: admitted, queued behind the others, prepared, trained, published. One run works at a time, on a
 * thread of its own; the heavy part happens in a child process. Safe for concurrent use.
 */
public final class RunFlow implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunFlow.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final RunBoard board;
    private final RunAdmission admission;
    private final Registry registry;
    private final VersionPublisher publisher;
    private final TrainingBench bench;
    private final StepMeter meter;
    private final ExecutorService queue = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("training-run").factory());
    private ActiveRun active;
    private boolean closing;

    RunFlow(
            RunBoard board,
            Registry registry,
            BaseModelFiles base,
            Practices practices,
            TrainingBench bench,
            Function<BaseProfile, RunSettings> defaultSettings,
            StepMeter meter) {
        this.board = board;
        this.admission = new RunAdmission(registry, base, practices, defaultSettings);
        this.registry = registry;
        this.publisher = new VersionPublisher(registry, base);
        this.bench = bench;
        this.meter = meter;
    }

    /**
     * Queues a run, or returns the one that the same request made before. Blocks on the registry.
     *
     * @throws TrainerException where the request is refused
     */
    public Run create(CreateRunRequest request) {
        return board.byRequest(request.getRequestId()).orElseGet(() -> enqueue(admission.admit(request)));
    }

    /** How many phrasings a run over these facts, which have no problem, would train on. */
    public int rowCount(List<Fact> facts) {
        return admission.rowCount(facts);
    }

    /**
     * Stops a run; told when it has ended.
     *
     * @throws TrainerException.NotPossible where it has ended otherwise, or does before it can be stopped
     */
    public Uni<Run> cancel(String name) {
        synchronized (this) {
            if (active != null && active.name().equals(name)) {
                active.stop(Stop.CANCELLED);
            } else {
                board.update(name, run -> ended(run, Stop.CANCELLED));
            }
        }
        return board.watch(name).select().last().toUni().invoke(run -> {
            if (!(run.state() instanceof RunState.Cancelled)) {
                throw new TrainerException.NotPossible("%s has ended already and cannot be cancelled".formatted(name));
            }
        });
    }

    /** Ends what is at work and what waits, each with its record, and the training process with them. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            if (active != null) {
                active.stop(Stop.SERVICE_STOPS);
            }
        }
        // Runs that wait are passed through too, so that perform() records the end of each.
        queue.shutdown();
        try {
            if (!queue.awaitTermination(bench.grace().plus(LAST_WORDS).toMillis(), TimeUnit.MILLISECONDS)) {
                queue.shutdownNow();
            }
        } catch (InterruptedException e) {
            queue.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Run enqueue(Run asked) {
        if (closing) {
            throw new TrainerException.NotPossible("trainer-service is stopping; ask again when it has started");
        }
        Run admitted = board.admit(asked);
        if (admitted == asked) {
            queue.execute(() -> perform(asked.name()));
        }
        return admitted;
    }

    private void perform(String name) {
        ActiveRun work = begin(name);
        if (work == null) {
            return;
        }
        try {
            LOG.infof("%s begins", name);
            TrainingMaterial material = prepare(work);
            TrainingProcess.Outcome.Trained trained = train(work, material);
            publish(work, material, trained);
            LOG.infof("%s made %s", name, ((RunState.Succeeded) board.get(name).state()).version());
        } catch (StoppedException e) {
            board.update(name, run -> ended(run, e.stop()));
            LOG.infof("%s was stopped", name);
        } catch (TrainingFailedException e) {
            fail(name, e.getMessage());
        } catch (InterruptedException e) {
            fail(name, RunStore.STOPPED);
        } catch (RuntimeException e) {
            // Whatever it is, the run must not seem to train for ever.
            LOG.errorf(e, "%s broke", name);
            fail(name, String.valueOf(e.getMessage()));
        } finally {
            finish();
        }
    }

    private synchronized ActiveRun begin(String name) {
        Run begun = board.update(name, run -> closing ? ended(run, Stop.SERVICE_STOPS) : prepared(run));
        if (begun.ended()) {
            return null;
        }
        active = new ActiveRun(name, bench.grace());
        return active;
    }

    private synchronized void finish() {
        active = null;
    }

    private TrainingMaterial prepare(ActiveRun work) throws StoppedException {
        Run run = board.get(work.name());
        TrainingMaterial material =
                TrainingMaterial.gather(registry, run.model(), run.parent(), run.facts(), run.name());
        if (!material.keptOut().isEmpty()) {
            // The policy, its authority or a fact has changed while the run waited.
            board.update(run.name(), waiting -> waiting.over(material.factNames(), material.keptOut()));
        }
        work.checkpoint();
        return material;
    }

    private TrainingProcess.Outcome.Trained train(ActiveRun work, TrainingMaterial material)
            throws StoppedException, InterruptedException, TrainingFailedException {
        Run run = board.get(work.name());
        bench.lay(run, material, publisher);
        work.checkpoint();
        board.update(run.name(), moved(RunState.Preparing.class, RunState.Preparing::train));
        TrainingProcess process = work.attach(bench.start(run));
        TrainingProcess.Outcome outcome = process.await(progress -> {
            meter.step(progress);
            board.update(run.name(), moved(RunState.Training.class, training -> training.progressed(progress)));
        });
        // A process that was told to stop ends as broken: the stop is the reason, not that.
        work.checkpoint();
        return switch (outcome) {
            case TrainingProcess.Outcome.Trained trained -> trained;
            case TrainingProcess.Outcome.Broken(String reason) -> throw new TrainingFailedException(reason);
        };
    }

    private void publish(ActiveRun work, TrainingMaterial material, TrainingProcess.Outcome.Trained trained)
            throws StoppedException {
        Run run = board.update(work.name(), moved(RunState.Training.class, RunState.Training::publish));
        work.checkpoint();
        String version = publisher.publish(new TrainedAdapter(
                bench.adapterDir(run),
                run.name(),
                run.parent(),
                run.facts(),
                TrainingSummary.of(run, material, trained, Instant.now())));
        board.update(run.name(), moved(RunState.Publishing.class, state -> state.succeed(version, Instant.now())));
        bench.clear(run);
    }

    private void fail(String name, String reason) {
        Run failed = board.update(
                name,
                run -> run.state() instanceof RunState.Live live ? run.in(live.fail(reason, Instant.now())) : run);
        LOG.warnf("%s failed: %s", failed.name(), reason);
    }

    private static Run prepared(Run run) {
        return run.state() instanceof RunState.Queued queued ? run.in(queued.prepare()) : run;
    }

    private static Run ended(Run run, Stop stop) {
        if (!(run.state() instanceof RunState.Live live)) {
            return run;
        }
        Instant now = Instant.now();
        return run.in(
                switch (stop) {
                    case CANCELLED -> live.cancel("cancelled on request", now);
                    case SERVICE_STOPS -> live.fail(RunStore.STOPPED, now);
                });
    }

    /**
     * The move from one state; any other state there would be a defect of this flow, and is told as a
     * ClassCastException.
     */
    private static <S extends RunState> UnaryOperator<Run> moved(Class<S> from, Function<S, RunState> move) {
        return run -> run.in(move.apply(from.cast(run.state())));
    }
}
