package io.loremesh.registry.evaluation;

import io.loremesh.registry.evaluation.VersionProbe.GivenAnswer;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** Asks the serving engine many things, a few at a time, and tells how far it is. Blocks until all is answered. */
final class Interview {
    /** Hears of progress; called from several threads. */
    interface Listener {
        void progress(String stage, int done, int total);
    }

    private final VersionProbe probe;
    private final int inFlight;
    private final Listener listener;

    Interview(VersionProbe probe, int inFlight, Listener listener) {
        this.probe = probe;
        this.inFlight = inFlight;
        this.listener = listener;
    }

    void load(String stage, VersionName... versions) {
        each(stage, List.of(versions), version -> probe.load(version).replaceWith(version));
    }

    /** The answer to each question; each is asked once. */
    Map<String, GivenAnswer> ask(String stage, VersionName version, Stream<String> questions, int maxTokens) {
        var answers = new HashMap<String, GivenAnswer>();
        each(stage, questions.distinct().toList(), question -> probe.answer(version, question, maxTokens)
                        .map(answer -> Map.entry(question, answer)))
                .forEach(answer -> answers.put(answer.getKey(), answer.getValue()));
        return answers;
    }

    /** The work done on each item, in no particular order. */
    <I, O> List<O> each(String stage, Collection<I> items, Function<I, Uni<O>> work) {
        var done = new AtomicInteger();
        listener.progress(stage, 0, items.size());
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUni(item ->
                        work.apply(item).invoke(() -> listener.progress(stage, done.incrementAndGet(), items.size())))
                .merge(inFlight)
                .collect()
                .asList()
                .await()
                .indefinitely();
    }
}
