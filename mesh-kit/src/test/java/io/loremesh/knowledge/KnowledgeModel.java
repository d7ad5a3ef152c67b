package io.loremesh.knowledge;

import com.google.protobuf.Message;
import io.loremesh.events.Event;
import io.loremesh.knowledge.Succession.Decision;
import io.loremesh.knowledge.Succession.Ruling;
import io.loremesh.knowledge.Succession.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a consumer of the knowledge topic must hold after any events in any order, in the plainest code. The retriever's
 * index and the registry's ledger are compared with it.
 */
public final class KnowledgeModel {
    private record Waiting(Event event, Instant taken, Instant until) {}

    private final Map<String, Stamp> stamps = new HashMap<>();
    private final Map<String, Message> held = new TreeMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    /** @param now the consumer's clock, which never goes back */
    public void apply(Event event, Instant taken, Instant now) {
        switch (Succession.of(event.type(), event.payload(), now)) {
            case Ruling.Refused(String reason) -> refused.add(reason);
            case Ruling.Waits(Instant until) -> waiting.add(new Waiting(event, taken, until));
            case Ruling.Heard(List<Statement> statements) ->
                statements.forEach(statement -> apply(statement, Stamp.of(event, taken)));
        }
    }

    private void apply(Statement statement, Stamp stamp) {
        if (!(Succession.decide(Optional.ofNullable(stamps.get(statement.name())), stamp) instanceof Decision.Apply)) {
            return;
        }
        stamps.put(statement.name(), stamp);
        switch (statement) {
            case Statement.FactStands(var fact) -> held.put(fact.getName(), fact);
            case Statement.DocumentStands(var document) -> held.put(document.getName(), document);
            case Statement.Withdrawn(String name, String _) -> held.remove(name);
        }
    }

    /** Applies what waited for a time that has come. */
    public void advance(Instant now) {
        List<Waiting> due = new ArrayList<>();
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting one = all.next();
            if (!now.isBefore(one.until())) {
                all.remove();
                due.add(one);
            }
        }
        due.forEach(one -> apply(one.event(), one.taken(), now));
    }

    /** Facts and documents that stand, by name, those whose time is over among them. */
    public Map<String, Message> held() {
        return held;
    }

    /** By name, the last statement applied about each resource, the withdrawn ones among them. */
    public Map<String, Stamp> stamps() {
        return stamps;
    }

    public List<String> refused() {
        return refused;
    }
}
