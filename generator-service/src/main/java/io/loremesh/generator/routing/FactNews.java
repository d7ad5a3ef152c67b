package io.loremesh.generator.routing;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the sources said of facts since this process started: the latest word on each. It makes a learned fact stale at
 * once, before the registry's ledger does, and fresh again once a version has learned the new answer. One entry to a
 * changed fact. Safe for concurrent use.
 */
@ApplicationScoped
public class FactNews {
    private sealed interface Word {
        record Says(Fact fact) implements Word {}

        record Withdrawn() implements Word {}
    }

    private final Map<String, Word> latest = new ConcurrentHashMap<>();

    void recorded(Fact event) {
        Fact fact = FactRules.named(event);
        if (!fact.getSupersedes().isEmpty() && !fact.getSupersedes().equals(fact.getName())) {
            latest.put(fact.getSupersedes(), new Word.Withdrawn());
        }
        latest.put(fact.getName(), new Word.Says(fact));
    }

    void retracted(FactRetraction event) {
        latest.put(event.getName(), new Word.Withdrawn());
    }

    /** Whether a learned fact still says what its source says. */
    public boolean fresh(KnownFact fact) {
        return switch (latest.get(fact.name())) {
            case null -> true;
            case Word.Says(Fact now) -> fact.rightBy(now);
            case Word.Withdrawn() -> false;
        };
    }
}
