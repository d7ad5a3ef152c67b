package io.loremesh.registry.evaluation;

import io.loremesh.registry.artifact.ContentDigest;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * What an evaluation has found out, each finding written before the next thing is done with it: what stands here is not
 * asked again, whatever restarted in between. Safe for concurrent use.
 */
final class Notebook {
    /** What was asked about. */
    enum Kind {
        NEUTRAL,
        DRIFT,
        UNKNOWABLE_BEFORE,
        UNKNOWABLE_AFTER,
        PARENT_T0,
        PARENT_T1,
        NEIGHBOUR,
        T0,
        T1
    }

    /**
     * One probe.
     *
     * @param item name of the fact, or digest of the question
     * @param revision of the fact: one that changes meanwhile is probed anew; 0 for a question
     */
    record Key(Kind kind, String item, int revision) {
        static Key question(Kind kind, String question) {
            return new Key(
                    kind,
                    ContentDigest.of(question.getBytes(StandardCharsets.UTF_8)).hex(),
                    0);
        }
    }

    private final Map<Key, Finding> findings;
    private final BiFunction<Key, Finding, Uni<Void>> write;

    /**
     * @param known what earlier processes found out
     * @param write keeps a finding for later ones
     */
    Notebook(Map<Key, Finding> known, BiFunction<Key, Finding, Uni<Void>> write) {
        this.findings = new ConcurrentHashMap<>(known);
        this.write = write;
    }

    Optional<Finding> find(Key key) {
        return Optional.ofNullable(findings.get(key));
    }

    /** All that is known. */
    void forEach(BiConsumer<Key, Finding> reader) {
        findings.forEach(reader);
    }

    /** Writes down what a probe tells. */
    Uni<Finding> keep(Key key, Uni<Finding> probe) {
        return probe.call(finding -> write.apply(key, finding)).invoke(finding -> findings.put(key, finding));
    }
}
