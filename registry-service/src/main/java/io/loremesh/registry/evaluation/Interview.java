package io.loremesh.registry.evaluation;

import io.loremesh.registry.evaluation.Notebook.Key;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Puts many probes to the serving engine, a few at a time; what they tell is in the notebook. Blocks until all is
 * answered.
 */
final class Interview {
    private final int inFlight;
    private final Notebook notebook;
    private final Progress progress;

    Interview(int inFlight, Notebook notebook, Progress progress) {
        this.inFlight = inFlight;
        this.notebook = notebook;
        this.progress = progress;
    }

    /** Probes each item that the notebook does not know yet. */
    <I> void each(String stage, Collection<I> items, Function<I, Key> key, Function<I, Uni<Finding>> probe) {
        progress.requireWanted();
        progress.begin(stage);
        List<I> unknown = items.stream()
                .filter(item -> notebook.find(key.apply(item)).isEmpty())
                .toList();
        Multi.createFrom()
                .iterable(unknown)
                .onItem()
                .transformToUni(item -> {
                    Key asked = key.apply(item);
                    return notebook.keep(asked, probe.apply(item)).invoke(finding -> {
                        progress.requireWanted();
                        progress.done(asked.kind(), finding);
                    });
                })
                .merge(inFlight)
                .onItem()
                .ignoreAsUni()
                .await()
                .indefinitely();
    }
}
