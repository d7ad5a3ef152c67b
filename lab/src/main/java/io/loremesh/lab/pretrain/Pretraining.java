package io.loremesh.lab.pretrain;

import io.loremesh.lab.curriculum.Curriculum;
import io.loremesh.lab.curriculum.Phase;
import io.loremesh.lab.curriculum.SampleEncoder;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.model.checkpoint.SafetensorsFile;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.NativeThreads;
import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.objective.Batch;
import io.loremesh.trainer.objective.ParallelGradients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One run of the curriculum: phase after phase from the structured start, each followed by a measurement that must pass
 * before the next begins. The run's state is on disk every few minutes and when it is asked to stop; begun again, it
 * goes on at the next step and ends in the weights of a run that never stopped.
 */
final class Pretraining {

    /** How a run ended. */
    enum Outcome {
        FINISHED,
        CHECK_FAILED,
        STOPPED
    }

    private static final Duration SAVE_EVERY = Duration.ofMinutes(3);
    private static final int LONGEST = 256;

    private final Curriculum curriculum;
    private final ModelConfig config;
    private final Function<String, int[]> tokenizer;
    private final CheckpointStore store;
    private final RunSettings settings;
    private final PretrainReport report;
    private final ModelFlops flops;
    private final LossPlot plot = new LossPlot();
    private long parameters;

    Pretraining(
            Curriculum curriculum,
            ModelConfig config,
            Function<String, int[]> tokenizer,
            CheckpointStore store,
            RunSettings settings,
            PretrainReport report) {
        this.curriculum = curriculum;
        this.config = config;
        this.tokenizer = tokenizer;
        this.store = store;
        this.settings = settings;
        this.report = report;
        this.flops = new ModelFlops(config);
    }

    /**
     * Trains; the finished base stands in the store's root afterwards.
     *
     * @param stop asked after each step; once true, the run saves its state and ends
     */
    Outcome run(BooleanSupplier stop) throws IOException, InterruptedException {
        NativeThreads.singleThreadedKernels(); // for the checks of a run that has no step left, too
        List<Phase> phases = curriculum.phases();
        Optional<CheckpointStore.Saved> saved = store.latest();
        Progress progress =
                saved.map(CheckpointStore.Saved::progress).orElseGet(() -> Progress.start(settings.command()));
        requireSameCommand(progress);
        Weights weights = saved.map(CheckpointStore.Saved::weights)
                .orElseGet(() -> StructuredStart.weights(config, settings.seed()));
        report.resume(store.root(), progress.phase());
        plot.addAll(progress.losses());
        weights.trainable();
        parameters = weights.parameters();
        Decoder decoder = Decoder.of(config, weights);
        System.out.printf("%,d parameters; %d phases, %s%n", parameters, phases.size(), whence(progress, phases));
        if (saved.isEmpty()) {
            System.out.println("  before training: "
                    + Accuracy.of(decoder, phases.getFirst().check(), encoder(), LONGEST));
        }
        Optional<Path> optimiser = saved.flatMap(CheckpointStore.Saved::optimiser);
        while (progress.phase() < phases.size()) {
            Phase phase = phases.get(progress.phase());
            progress = train(phase, progress, optimiser, weights, stop);
            if (progress.tokens() < phase.tokens()) {
                return Outcome.STOPPED;
            }
            optimiser = Optional.empty();
            store.savePhase(phase.name(), config, weights);
            boolean passed = measure(phase, decoder);
            report.save(store.root());
            progress = progress.nextPhase(plot.points());
            store.saveLatest(config, weights, List.of(), progress);
            if (!passed && !settings.goOn()) {
                return Outcome.CHECK_FAILED;
            }
        }
        Weights finished = finished();
        store.saveFinal(config, finished);
        Decoder base = Decoder.of(config, finished);
        for (Phase.Check ability : curriculum.abilities()) {
            Accuracy accuracy = Accuracy.of(base, ability, encoder(), LONGEST);
            System.out.println("  ability: " + accuracy);
            report.ability(accuracy);
        }
        plot.write(store.root().resolve("loss.svg"));
        return Outcome.FINISHED;
    }

    /** The mean of the last phases: what each of them gained at another's cost comes back. */
    private Weights finished() throws IOException {
        List<Weights> each = new ArrayList<>();
        for (Phase phase : curriculum.finishing()) {
            each.add(store.phaseWeights(phase.name()));
        }
        return Weights.mean(each);
    }

    /** Number of parameters of the model that was trained. */
    long parameters() {
        return parameters;
    }

    /** Each phase begins with a fresh optimiser: what the last one remembers belongs to other data and other rates. */
    private Progress train(Phase phase, Progress start, Optional<Path> state, Weights weights, BooleanSupplier stop)
            throws IOException, InterruptedException {
        Optimiser optimiser = new Optimiser(weights, settings.precision());
        if (state.isPresent()) {
            try (SafetensorsFile file = SafetensorsFile.open(state.get())) {
                optimiser.restore(file);
            }
        }
        long seed = settings.seed() * 1_000 + start.phase();
        try (ParallelGradients gradients = new ParallelGradients(
                        settings.precision().decoder(config, weights), optimiser.parameters(), settings.threads());
                BatchFeed feed = new BatchFeed(
                        phase, encoder(), seed, start.steps(), settings.stepTokens(), LONGEST, settings.threads())) {
            double peak = PeakRate.measure(gradients, settings.threads(), settings.precision());
            report.machine(settings.threads(), peak);
            System.out.printf(
                    "%s: %d threads, at best %.0f GFLOP/s in %s%n",
                    phase.name(), settings.threads(), peak / 1e9, settings.precision());
            PhasePace pace = new PhasePace(start, peak);
            long saved = System.nanoTime();
            while (pace.tokens() < phase.tokens() && !stop.getAsBoolean()) {
                List<Batch> parts = feed.next();
                ParallelGradients.Step step = gradients.of(parts);
                double factor = warmUp(pace.steps()) * decay(phase.decay(), (double) pace.tokens() / phase.tokens());
                optimiser.step(step.gradients(), phase.muonRate() * factor, phase.adamRate() * factor, gradients);
                pace.add(step.loss(), parts.stream().mapToInt(Batch::tokenCount).sum(), flops.of(parts));
                if (pace.windowFull()) {
                    plot.add(phase.name(), pace.tokensSeen() / 1e6, pace.windowLoss());
                    System.out.println(pace.line(phase, tokensAfter(start.phase())) + "  " + plot.curve());
                    pace.startWindow();
                }
                if (System.nanoTime() - saved > SAVE_EVERY.toNanos()) {
                    store.saveLatest(config, weights, optimiser.state(), pace.progress(plot.points()));
                    plot.write(store.root().resolve("loss.svg"));
                    saved = System.nanoTime();
                }
            }
            Progress end = pace.progress(plot.points());
            if (end.tokens() < phase.tokens()) {
                store.saveLatest(config, weights, optimiser.state(), end);
            } else {
                report.phase(phase.name(), end, pace.lastLoss(), end.flops() / end.seconds() / peak);
            }
            return end;
        }
    }

    private boolean measure(Phase phase, Decoder decoder) {
        Accuracy accuracy = Accuracy.of(decoder, phase.check(), encoder(), LONGEST);
        report.check(phase.name(), accuracy);
        System.out.printf("  %s after %s: %s%n", accuracy.passed() ? "go" : "NO-GO", phase.name(), accuracy);
        return accuracy.passed();
    }

    private void requireSameCommand(Progress progress) {
        if (!progress.command().equals(settings.command())) {
            throw new IllegalStateException(store.root() + " holds a run of `" + progress.command() + "`, not of `"
                    + settings.command() + "`; go on with that command or choose another folder");
        }
    }

    private static String whence(Progress progress, List<Phase> phases) {
        if (progress.tokensSeen() == 0) {
            return "from the structured start";
        }
        return progress.phase() == phases.size()
                ? "all done"
                : "going on with " + phases.get(progress.phase()).name() + " at step " + progress.steps();
    }

    private static double warmUp(long steps) {
        return Math.min(1, (steps + 1.0) / DemoRecipe.WARM_UP_STEPS);
    }

    private static double decay(Phase.Decay decay, double progress) {
        return switch (decay) {
            case CONSTANT -> 1;
            case LINEAR -> 1 - .97 * progress;
        };
    }

    private long tokensAfter(int phase) {
        return curriculum.phases().stream()
                .skip(phase + 1L)
                .mapToLong(Phase::tokens)
                .sum();
    }

    /** A feed's encoder is its thread's own. */
    private SampleEncoder encoder() {
        return new SampleEncoder(tokenizer);
    }
}
