package io.loremesh.cli.eval;

import io.loremesh.cli.terminal.ProgressBar;
import io.loremesh.cli.terminal.Terminal;
import io.loremesh.evaluation.metric.Answered;
import io.loremesh.evaluation.suite.Ability;
import io.loremesh.evaluation.suite.BaseSuite;
import io.loremesh.evaluation.suite.Probe;
import io.loremesh.evaluation.world.WorldSeeds;
import io.loremesh.model.prompt.Language;
import io.loremesh.proto.generator.v1.GeneratorServiceGrpc.GeneratorServiceBlockingStub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Puts every probe of the base's suite to a serving engine, a bounded number at a time. */
final class BaseFlow {
    /** As many as the engine decodes at a time; more would only wait there. */
    private static final int IN_FLIGHT = 8;

    /** The draws of a suite; fixed, so that two bases answer the same questions. */
    private static final long DRAWS = 1;

    private final BaseSuite suite;
    private final int n;
    private final ProgressBar progress;

    /** @param n probes of each ability in each language */
    BaseFlow(WorldSeeds seeds, int n, Terminal terminal) {
        this.suite = new BaseSuite(seeds);
        this.n = n;
        this.progress = new ProgressBar(terminal, 10);
    }

    /**
     * Asks all and returns when the last is answered.
     *
     * @param generator a stub with a fresh deadline
     * @throws io.grpc.StatusRuntimeException if the engine refuses a probe; none is left out
     */
    List<Asked> ask(Supplier<GeneratorServiceBlockingStub> generator) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(IN_FLIGHT)) {
            var answers = new ExecutorCompletionService<Asked>(pool);
            int submitted = 0;
            for (Ability ability : Ability.values()) {
                for (Language language : Language.values()) {
                    for (Probe probe : suite.probes(ability, language, n, DRAWS)) {
                        answers.submit(() -> asked(ability, language, probe, generator.get()));
                        submitted++;
                    }
                }
            }
            try {
                return collect(answers, submitted);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private List<Asked> collect(ExecutorCompletionService<Asked> answers, int all) throws InterruptedException {
        long begin = System.nanoTime();
        var asked = new ArrayList<Asked>(all);
        while (asked.size() < all) {
            try {
                asked.add(answers.take().get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
            double rate = asked.size() * 1e9 / (System.nanoTime() - begin);
            progress.show(asked.size(), all, "%d of %d, %.0f a second".formatted(asked.size(), all, rate));
        }
        progress.end();
        return asked;
    }

    private static Asked asked(
            Ability ability, Language language, Probe probe, GeneratorServiceBlockingStub generator) {
        return new Asked(ability, language, new Answered(probe.accepted(), ProbeChat.answer(probe, generator)));
    }
}
