package io.loremesh.registry.ledger;

import io.loremesh.model.answer.Language;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Source;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.FactChange.Origin;
import io.loremesh.registry.ledger.FactChange.Outcome;
import io.loremesh.registry.resource.Timestamps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The facts that one transaction is about, as they stand: changes are applied to them in memory, each seeing what those
 * before it did, and what is new is then written at once. For one thread.
 */
final class FactPages {
    private final Map<String, FactEntity> facts = new HashMap<>();
    private final Set<String> appliedBefore;
    private final List<FactEntity> added = new ArrayList<>();
    private final List<FactRevisionEntity> revisions = new ArrayList<>();
    private final List<AppliedEventEntity> applied = new ArrayList<>();
    private final Map<String, List<Optional<Fact>>> said = new LinkedHashMap<>();

    /**
     * @param facts all that are there of those that the changes name or supersede
     * @param applied keys of events that were applied, of those that brought the changes
     */
    FactPages(Collection<FactEntity> facts, Collection<String> applied) {
        facts.forEach(fact -> this.facts.put(fact.name, fact));
        this.appliedBefore = new HashSet<>(applied);
    }

    Outcome apply(FactChange change) {
        Origin origin = change.origin();
        if (origin.isEvent() && appliedBefore.contains(origin.key())) {
            return new Outcome.Done();
        }
        Outcome outcome =
                switch (change) {
                    case FactChange.Recorded recorded -> new Outcome.Stands(record(recorded.fact(), origin));
                    case FactChange.Retracted retracted -> retract(retracted);
                };
        if (origin.isEvent() && !(outcome instanceof Outcome.Refused)) {
            appliedBefore.add(origin.key());
            applied.add(AppliedEventEntity.of(origin.key()));
        }
        return outcome;
    }

    /** Facts that were not there before. */
    List<FactEntity> added() {
        return added;
    }

    List<FactRevisionEntity> revisions() {
        return revisions;
    }

    /** The events that brought changes, of which none was applied before. */
    List<AppliedEventEntity> applied() {
        return applied;
    }

    /** All that is new, a table at a time: rows of one table go to the database together. */
    Object[] rows() {
        return Stream.of(added, revisions, applied).flatMap(List::stream).toArray();
    }

    /** By name of a fact that had been there: what it came to say, in order, empty where it was retracted. */
    Map<String, List<Optional<Fact>>> said() {
        return said;
    }

    private Fact record(Fact sent, Origin origin) {
        FactEntity there = facts.get(sent.getName());
        String digest = ContentDigest.of(sent.toByteArray()).hex();
        if (there != null && !there.retracted && there.contentDigest.equals(digest)) {
            return there.fact();
        }
        Fact fact = filled(sent, origin);
        FactEntity entity = there == null ? add(fact.getName()) : there;
        entity.retracted = false;
        entity.contentDigest = digest;
        entity.say(fact);
        revise(entity, Optional.of(fact), origin);
        retireSuperseded(fact, origin);
        return fact;
    }

    private FactEntity add(String name) {
        var entity = new FactEntity();
        entity.name = name;
        facts.put(name, entity);
        added.add(entity);
        return entity;
    }

    /** A fact that replaces one of another name retracts that one. */
    private void retireSuperseded(Fact fact, Origin origin) {
        FactEntity older = facts.get(fact.getSupersedes());
        if (older != null && !older.name.equals(fact.getName())) {
            retract(older, origin);
        }
    }

    private Outcome retract(FactChange.Retracted change) {
        FactEntity there = facts.get(change.name());
        if (there == null) {
            return new Outcome.Refused(new RegistryException(
                    Kind.INVALID,
                    "there is no fact \"%s\" to retract; send the name it was recorded under",
                    change.name()));
        }
        retract(there, change.origin());
        return new Outcome.Done();
    }

    private void retract(FactEntity fact, Origin origin) {
        if (!fact.retracted) {
            fact.retracted = true;
            revise(fact, Optional.empty(), origin);
        }
    }

    private void revise(FactEntity entity, Optional<Fact> current, Origin origin) {
        boolean fresh = entity.revision == 0;
        entity.revision = entity.revision + 1;
        entity.recordTime = Timestamps.nowAfter(entity.recordTime);
        revisions.add(FactRevisionEntity.of(entity, origin.eventId()));
        // No version was ever probed about a fact that was not there.
        if (!fresh) {
            said.computeIfAbsent(entity.name, name -> new ArrayList<>()).add(current);
        }
    }

    private static Fact filled(Fact sent, Origin origin) {
        Fact.Builder fact = sent.toBuilder();
        if (sent.getLanguage().isEmpty()) {
            fact.setLanguage(Language.of(sent.getQuestion()).name().toLowerCase(Locale.ROOT));
        }
        if (!sent.hasSource() && !origin.source().isEmpty()) {
            fact.setSource(Source.newBuilder().setUri(origin.source()));
        }
        if (!sent.hasValidFrom()) {
            fact.setValidFrom(Timestamps.of(origin.time()));
        }
        return fact.build();
    }
}
