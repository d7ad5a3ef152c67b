package io.loremesh.lab.eval;

import io.loremesh.cli.terminal.ProgressBar;
import io.loremesh.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Puts many questions to an engine, a bounded number at a time, under a progress bar. */
final class Questioning {
    /** As many as the engine decodes at a time; more would only wait there. */
    private static final int IN_FLIGHT = 8;

    private static final int PLAIN_LINES = 10;

    private Questioning() {}

    /**
     * Asks all and returns when the last is answered.
     *
     * @return the answers in the order in which they came
     * @throws io.grpc.StatusRuntimeException if the engine refuses a question; none is left out
     */
    static <T> List<T> all(List<Callable<T>> questions, Terminal terminal) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(IN_FLIGHT)) {
            var answers = new ExecutorCompletionService<T>(pool);
            questions.forEach(answers::submit);
            try {
                return collect(answers, questions.size(), new ProgressBar(terminal, PLAIN_LINES));
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static <T> List<T> collect(ExecutorCompletionService<T> answers, int all, ProgressBar progress)
            throws InterruptedException {
        long begin = System.nanoTime();
        var answered = new ArrayList<T>(all);
        while (answered.size() < all) {
            try {
                answered.add(answers.take().get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
            double rate = answered.size() * 1e9 / (System.nanoTime() - begin);
            progress.show(answered.size(), all, "%d of %d, %.0f a second".formatted(answered.size(), all, rate));
        }
        progress.end();
        return answered;
    }
}
