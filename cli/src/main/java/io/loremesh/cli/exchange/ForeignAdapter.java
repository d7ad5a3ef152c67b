package io.loremesh.cli.exchange;

import io.loremesh.cli.terminal.Failure;
import io.loremesh.model.adapter.Adapter;
import io.loremesh.model.adapter.AdapterConfig;
import io.loremesh.model.adapter.LoraPair;
import io.loremesh.model.checkpoint.Checkpoint;
import io.loremesh.model.checkpoint.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An adapter that somebody else made: untrusted input. What is registered is not its files but what was read from them
 * and fits the base, written anew, so nothing else comes along.
 */
record ForeignAdapter(Adapter adapter, Path dir) {
    private static final String DIGEST = "sha256:";

    /** @throws Failure saying what keeps it from being an adapter of PEFT's layout */
    static ForeignAdapter open(Path dir) {
        try {
            return new ForeignAdapter(Adapter.open(dir), dir);
        } catch (IOException | ModelFormatException e) {
            throw new Failure("%s holds no adapter that can be read: %s".formatted(dir, e.getMessage()), e);
        }
    }

    /**
     * Writes it for this base.
     *
     * @throws Failure naming what does not fit: another base, a linear map that the base lacks, a shape, a value that
     *     is no number
     */
    Path writeFor(Checkpoint base, Path target) throws IOException {
        requireSameBase(base);
        requireNumbers();
        AdapterConfig told = adapter.config();
        var config = new AdapterConfig(
                told.rank(), told.alpha(), targetModules().stream().toList(), base.digest());
        Files.createDirectories(target);
        Adapter.write(target, config, adapter.pairs());
        try {
            Adapter.open(target).requireFits(base);
        } catch (ModelFormatException e) {
            throw new Failure(e.getMessage(), e);
        }
        return target;
    }

    /** What it says that it was trained on; a name of the Hub cannot be checked, its shapes can. */
    String toldBase() {
        return adapter.config().baseModel();
    }

    private void requireSameBase(Checkpoint base) {
        if (toldBase().startsWith(DIGEST) && !toldBase().equals(base.digest())) {
            throw new Failure("%s was trained on the base %s, but %s is %s; import it where its base is"
                    .formatted(dir, toldBase(), base.dir(), base.digest()));
        }
    }

    private void requireNumbers() {
        if (adapter.pairs().isEmpty()) {
            throw new Failure("%s changes nothing: it holds no LoRA weight".formatted(dir));
        }
        for (Map.Entry<String, LoraPair> pair : adapter.pairs().entrySet()) {
            requireFinite(pair.getKey() + ".lora_A", pair.getValue().a());
            requireFinite(pair.getKey() + ".lora_B", pair.getValue().b());
        }
    }

    private void requireFinite(String name, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new Failure("%s has %s at %d of %s; such an adapter breaks every answer"
                        .formatted(dir, values[i], i, name));
            }
        }
    }

    /** From the weights themselves: a pattern or a wrong list in the file does no harm. */
    private Set<String> targetModules() {
        var modules = new TreeSet<String>();
        adapter.pairs().keySet().forEach(linear -> modules.add(linear.substring(linear.lastIndexOf('.') + 1)));
        return modules;
    }
}
