package io.loremesh.registry.ledger;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.prompt.Language;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.knowledge.v1.Source;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.RecordFactsResponse;
import io.loremesh.proto.registry.v1.RejectedFact;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.loremesh.registry.resource.Timestamps;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where facts are written. Every change of a fact is a revision; in the same transaction the ledger lines of all versions that
 * had learned another answer become stale. Writers take turns, so a fact and its lines never disagree.
 */
@ApplicationScoped
public class FactLedger {
    private static final int MOST_FACTS = 1_000;

    /** Where a fact came from: the event that brought it, or nothing. */
    public record Origin(String eventId, String source, Instant time) {
        static Origin request() {
            return new Origin("", "", Timestamps.now());
        }

        /** CloudEvents makes an id unique for its source alone. */
        String key() {
            return source + ' ' + eventId;
        }
    }

    private final Transactions transactions;
    private final Counter revisions;

    FactLedger(Transactions transactions, MeterRegistry meters) {
        this.transactions = transactions;
        this.revisions = meters.counter("loremesh.registry.fact.revisions");
    }

    /** Records what is good of a request and tells what is not. */
    public Uni<RecordFactsResponse> record(RecordFactsRequest request) {
        if (request.getFactsCount() > MOST_FACTS) {
            throw new RegistryException(
                    Kind.INVALID, "%d facts in one request; send at most %d", request.getFactsCount(), MOST_FACTS);
        }
        var response = RecordFactsResponse.newBuilder();
        var good = new ArrayList<Fact>();
        for (int i = 0; i < request.getFactsCount(); i++) {
            Fact fact = request.getFacts(i);
            Optional<String> problem = FactRules.problem(fact);
            if (problem.isPresent()) {
                response.addRejected(RejectedFact.newBuilder().setIndex(i).setReason(problem.get()));
            } else {
                good.add(FactRules.named(fact));
            }
        }
        return transactions
                .in(Lock.LEDGER, () -> Multi.createFrom()
                        .iterable(good)
                        .onItem()
                        .transformToUniAndConcatenate(fact -> apply(fact, Origin.request()))
                        .collect()
                        .asList())
                .map(facts -> response.addAllFacts(facts).build());
    }

    /** Records the fact of an event, once however often it is delivered. Errors: INVALID (says what is wrong with it). */
    public Uni<Void> record(Fact fact, Origin origin) {
        FactRules.problem(fact).ifPresent(problem -> {
            throw new RegistryException(Kind.INVALID, "%s", problem);
        });
        return once(origin, () -> apply(FactRules.named(fact), origin).replaceWithVoid());
    }

    /** Retracts a fact. Errors: INVALID (no such fact). */
    public Uni<Void> retract(FactRetraction retraction, Origin origin) {
        return once(origin, () -> FactEntity.<FactEntity>findById(retraction.getName())
                .onItem()
                .ifNull()
                .failWith(() -> new RegistryException(
                        Kind.INVALID,
                        "there is no fact \"%s\" to retract; send the name it was recorded under",
                        retraction.getName()))
                .chain(fact -> retract(fact, origin)));
    }

    private Uni<Void> once(Origin origin, Supplier<Uni<Void>> work) {
        return transactions.in(Lock.LEDGER, () -> AppliedEventEntity.findById(origin.key())
                .chain(applied -> applied != null
                        ? Uni.createFrom().voidItem()
                        : work.get()
                                .call(() -> AppliedEventEntity.of(origin.key()).persist())));
    }

    private Uni<Fact> apply(Fact sent, Origin origin) {
        String digest = ContentDigest.of(sent.toByteArray()).hex();
        return FactEntity.<FactEntity>findById(sent.getName())
                .chain(there -> there != null && !there.retracted && there.contentDigest.equals(digest)
                        ? Uni.createFrom().item(there.fact())
                        : revise(there, filled(sent, origin), digest, origin));
    }

    private Uni<Fact> revise(FactEntity there, Fact fact, String digest, Origin origin) {
        FactEntity entity = there == null ? new FactEntity() : there;
        entity.name = fact.getName();
        entity.revision = entity.revision + 1;
        entity.retracted = false;
        entity.contentDigest = digest;
        entity.say(fact);
        entity.recordTime = Timestamps.nowAfter(entity.recordTime);
        Uni<FactEntity> stored =
                there == null ? entity.persist() : Uni.createFrom().item(entity);
        return stored.call(() -> written(entity, origin))
                .call(() -> judgeLines(fact.getName(), Optional.of(fact)))
                .call(() -> retireSuperseded(fact, origin))
                .replaceWith(fact);
    }

    /** A fact that replaces one of another name retracts that one. */
    private Uni<Void> retireSuperseded(Fact fact, Origin origin) {
        String older = fact.getSupersedes();
        return older.isEmpty() || older.equals(fact.getName())
                ? Uni.createFrom().voidItem()
                : FactEntity.<FactEntity>findById(older)
                        .chain(entity -> entity == null ? Uni.createFrom().voidItem() : retract(entity, origin));
    }

    private Uni<Void> retract(FactEntity fact, Origin origin) {
        if (fact.retracted) {
            return Uni.createFrom().voidItem();
        }
        fact.retracted = true;
        fact.revision = fact.revision + 1;
        fact.recordTime = Timestamps.nowAfter(fact.recordTime);
        return written(fact, origin).chain(() -> judgeLines(fact.name, Optional.empty()));
    }

    private Uni<Void> written(FactEntity fact, Origin origin) {
        revisions.increment();
        return FactRevisionEntity.of(fact, origin.eventId()).persist().replaceWithVoid();
    }

    private static Uni<Void> judgeLines(String name, Optional<Fact> current) {
        return LedgerLineEntity.<LedgerLineEntity>list("fact", name)
                .invoke(lines -> lines.forEach(line -> line.state = Staleness.of(line.toProto(), current)))
                .replaceWithVoid();
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
