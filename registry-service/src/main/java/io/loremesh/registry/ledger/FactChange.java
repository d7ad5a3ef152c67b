package io.loremesh.registry.ledger;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.resource.Timestamps;
import java.time.Instant;

/** What an event or a request says about a fact. Nothing is wrong with it by itself. */
public sealed interface FactChange {
    Origin origin();

    /** Name of the fact. */
    String name();

    /**
     * Where a change came from.
     *
     * @param eventId of the event that brought it; empty for a request
     */
    record Origin(String eventId, String source, Instant time) {
        static Origin request() {
            return new Origin("", "", Timestamps.now());
        }

        boolean isEvent() {
            return !eventId.isEmpty();
        }

        /** CloudEvents makes an id unique for its source alone. */
        String key() {
            return source + ' ' + eventId;
        }
    }

    /**
     * The fact holds from now on. Errors: INVALID (says what is wrong with it).
     *
     * @param fact its name is filled in where it brings none
     */
    record Recorded(Fact fact, Origin origin) implements FactChange {
        public Recorded {
            FactRules.problem(fact).ifPresent(problem -> {
                throw new RegistryException(Kind.INVALID, "%s", problem);
            });
            fact = FactRules.named(fact);
        }

        @Override
        public String name() {
            return fact.getName();
        }
    }

    /** The fact holds no longer. */
    record Retracted(String name, Origin origin) implements FactChange {
        static Retracted of(FactRetraction retraction, Origin origin) {
            return new Retracted(retraction.getName(), origin);
        }
    }

    /** What became of a change. */
    sealed interface Outcome {
        /** The fact stands like this, which may be how it stood before. */
        record Stands(Fact fact) implements Outcome {}

        /** There is no such fact any more, or the event had been applied before. */
        record Done() implements Outcome {}

        record Refused(RegistryException reason) implements Outcome {}
    }
}
