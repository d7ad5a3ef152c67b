package io.loremesh.trainer.pretrain;

import io.loremesh.evaluation.curriculum.Curriculum;
import io.loremesh.evaluation.curriculum.Phase;
import io.loremesh.evaluation.curriculum.SampleEncoder;
import io.loremesh.model.checkpoint.ModelConfig;
import io.loremesh.trainer.decoder.Decoder;
import io.loremesh.trainer.decoder.Weights;
import io.loremesh.trainer.objective.Batch;
import io.loremesh.trainer.objective.ParallelGradients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run of the curriculum: phase after phase from the structured start, each followed by a measurement that must pass
 * before the next begins. Finished phases are on disk; a run begun again goes on after the last of them.
 */
final class Pretraining {

    private static final Duration SAVE_EVERY = Duration.ofMinutes(3);
    private static final int LONGEST = 256;

    private final Curriculum curriculum;
    private final ModelConfig config;
    private final Function<String, int[]> tokenizer;
    private final CheckpointStore store;
    private final long seed;
    private final int threads;
    private final boolean goOn;
    private final LossPlot plot = new LossPlot();
    private final PretrainReport report;
    private long tokensSeen;
    private long parameters;

    Pretraining(
            Curriculum curriculum,
            ModelConfig config,
            Function<String, int[]> tokenizer,
            CheckpointStore store,
            long seed,
            int threads,
            boolean goOn,
            PretrainReport report) {
        this.curriculum = curriculum;
        this.config = config;
        this.tokenizer = tokenizer;
        this.store = store;
        this.seed = seed;
        this.threads = threads;
        this.goOn = goOn;
        this.report = report;
    }

    /** Trains; the finished base stands in the store's root afterwards. Returns false where a phase's check failed. */
    boolean run(Optional<Duration> time, List<Phase.Check> abilities) throws IOException, InterruptedException {
        List<Phase> phases = curriculum.phases();
        int first = phases.size();
        while (first > 0 && !store.holdsPhase(phases.get(first - 1).name())) {
            first--;
        }
        Weights weights = first == 0
                ? StructuredStart.weights(config, seed)
                : store.loadPhase(phases.get(first - 1).name());
        if (first > 0) {
            report.resume(store.root());
        }
        weights.trainable();
        parameters = weights.parameters();
        Decoder decoder = Decoder.of(config, weights);
        System.out.printf(
                "%,d parameters; %d phases, %s%n",
                parameters,
                phases.size(),
                first == 0
                        ? "from the structured start"
                        : "going on after " + phases.get(first - 1).name());
        if (first == 0) {
            System.out.println("  before training: "
                    + Accuracy.of(decoder, phases.getFirst().check(), encoder(), LONGEST));
        }
        long tokensLeft = phases.subList(first, phases.size()).stream()
                .mapToLong(Phase::tokens)
                .sum();
        Budget budget = time.map(limit -> Budget.of(limit, tokensLeft)).orElseGet(() -> Budget.unlimited(tokensLeft));
        for (int i = first; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            budget.startPhase(phase.tokens());
            train(phase, i, weights, decoder, budget);
            store.savePhase(phase.name(), config, weights);
            boolean passed = measure(phase, decoder);
            report.save(store.root());
            if (!passed && !goOn) {
                return false;
            }
        }
        store.saveFinal(config, weights);
        for (Phase.Check ability : abilities) {
            Accuracy accuracy = Accuracy.of(decoder, ability, encoder(), LONGEST);
            System.out.println("  ability: " + accuracy);
            report.ability(accuracy);
        }
        plot.write(store.root().resolve("loss.svg"));
        return true;
    }

    /** Number of parameters of the model that was trained. */
    long parameters() {
        return parameters;
    }

    /** Each phase begins with a fresh optimiser, so that a run that was interrupted ends like one that was not. */
    private void train(Phase phase, int index, Weights weights, Decoder decoder, Budget budget)
            throws IOException, InterruptedException {
        Optimiser optimiser = new Optimiser(weights);
        long began = System.nanoTime();
        long saved = began;
        long tokens = 0;
        long phaseSteps = 0;
        double lastLoss = Double.NaN;
        Window window = new Window();
        try (ParallelGradients gradients = new ParallelGradients(decoder, optimiser.parameters(), threads);
                BatchFeed feed = new BatchFeed(phase, encoder(), seed * 1_000 + index, LONGEST)) {
            double progress = 0;
            while (progress < 1) {
                List<Batch> parts = feed.next();
                ParallelGradients.Step step = gradients.of(parts);
                double factor = warmUp(phaseSteps) * decay(phase.decay(), progress);
                optimiser.step(step.gradients(), phase.muonRate() * factor, phase.adamRate() * factor, gradients);
                int count = parts.stream().mapToInt(Batch::tokenCount).sum();
                tokens += count;
                tokensSeen += count;
                phaseSteps++;
                window.add(step.loss(), count);
                progress = budget.progress(tokens);
                if (window.full() || progress >= 1) {
                    plot.add(phase.name(), tokensSeen / 1e6, window.loss());
                    lastLoss = window.loss();
                    System.out.println(line(phase, phaseSteps, tokens, window, budget));
                    window = new Window();
                }
                if (System.nanoTime() - saved > SAVE_EVERY.toNanos()) {
                    store.saveLatest(config, weights);
                    plot.write(store.root().resolve("loss.svg"));
                    saved = System.nanoTime();
                }
            }
        }
        report.phase(phase.name(), phaseSteps, tokens, (System.nanoTime() - began) / 1e9, lastLoss);
    }

    private boolean measure(Phase phase, Decoder decoder) {
        Accuracy accuracy = Accuracy.of(decoder, phase.check(), encoder(), LONGEST);
        report.check(phase.name(), accuracy);
        System.out.printf("  %s after %s: %s%n", accuracy.passed() ? "go" : "NO-GO", phase.name(), accuracy);
        return accuracy.passed();
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

    private String line(Phase phase, long phaseSteps, long tokens, Window window, Budget budget) {
        Duration eta = budget.eta(tokens, window.tokensPerSecond());
        return "%-4s step %5d  loss %.3f  %6.0f tokens/s  %5.2f M tokens  %3.0f %%  ETA %d:%02d"
                .formatted(
                        phase.name(),
                        phaseSteps,
                        window.loss(),
                        window.tokensPerSecond(),
                        tokensSeen / 1e6,
                        100 * budget.progress(tokens),
                        eta.toMinutes(),
                        eta.toSecondsPart());
    }

    /** A feed's encoder is its thread's own. */
    private SampleEncoder encoder() {
        return new SampleEncoder(tokenizer);
    }

    /** The mean over some steps: what one progress line tells. */
    private static final class Window {
        private static final int STEPS = 25;
        private final List<Double> losses = new ArrayList<>();
        private final long start = System.nanoTime();
        private long tokens;

        void add(double loss, int count) {
            losses.add(loss);
            tokens += count;
        }

        boolean full() {
            return losses.size() == STEPS;
        }

        double loss() {
            return losses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        }

        double tokensPerSecond() {
            return tokens / ((System.nanoTime() - start) / 1e9);
        }
    }
}
