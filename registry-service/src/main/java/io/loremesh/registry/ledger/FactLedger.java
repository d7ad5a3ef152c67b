package io.loremesh.registry.ledger;

import io.loremesh.knowledge.FactRules;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import io.loremesh.proto.registry.v1.RecordFactsResponse;
import io.loremesh.proto.registry.v1.RejectedFact;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.FactChange.Origin;
import io.loremesh.registry.ledger.FactChange.Outcome;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.outbox.Transactions.Lock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where facts are written. Every change of a fact is a revision; in the same transaction the ledger lines of all
 * versions that had learned another answer become stale. Writers take turns, so a fact and its lines never disagree.
 */
@ApplicationScoped
public class FactLedger {
    private static final int MOST_FACTS = 1_000;

    /** Rows that go to the database at once. */
    private static final int ROWS = 250;

    /** Facts whose lines are in memory at once: each has one for each version that was probed about it. */
    private static final int JUDGED_AT_ONCE = 25;

    /** Only what was learned goes stale, and only what went stale is learned again. */
    private static final List<KnowledgeState> CHANGING =
            List.of(KnowledgeState.KNOWLEDGE_STATE_LEARNED, KnowledgeState.KNOWLEDGE_STATE_STALE);

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
        var good = new ArrayList<FactChange>();
        Origin origin = Origin.request();
        for (int i = 0; i < request.getFactsCount(); i++) {
            Fact fact = request.getFacts(i);
            Optional<String> problem = FactRules.problem(fact);
            if (problem.isPresent()) {
                response.addRejected(RejectedFact.newBuilder().setIndex(i).setReason(problem.get()));
            } else {
                good.add(new FactChange.Recorded(fact, origin));
            }
        }
        return apply(good).map(outcomes -> {
            for (Outcome outcome : outcomes) {
                if (outcome instanceof Outcome.Stands stands) {
                    response.addFacts(stands.fact());
                }
            }
            return response.build();
        });
    }

    /** Retracts a fact, once however often it is told by the same event. Errors: INVALID (no such fact). */
    public Uni<Void> retract(FactRetraction retraction, Origin origin) {
        return apply(List.of(FactChange.Retracted.of(retraction, origin))).map(outcomes -> {
            if (outcomes.getFirst() instanceof Outcome.Refused refused) {
                throw refused.reason();
            }
            return null;
        });
    }

    /**
     * Applies changes in order, all that are not refused in one transaction; those of an event once, however often it
     * is delivered.
     *
     * @return what became of each
     */
    Uni<List<Outcome>> apply(List<FactChange> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return transactions.in(Lock.LEDGER, () -> open(changes).chain(pages -> {
            List<Outcome> outcomes = changes.stream().map(pages::apply).toList();
            return write(pages)
                    .chain(() -> judge(pages.said()))
                    .invoke(() -> revisions.increment(pages.revisions().size()))
                    .replaceWith(outcomes);
        }));
    }

    private static Uni<FactPages> open(List<FactChange> changes) {
        Set<String> names = new HashSet<>();
        Set<String> events = new HashSet<>();
        for (FactChange change : changes) {
            names.add(change.name());
            if (change instanceof FactChange.Recorded recorded
                    && !recorded.fact().getSupersedes().isEmpty()) {
                names.add(recorded.fact().getSupersedes());
            }
            if (change.origin().isEvent()) {
                events.add(change.origin().key());
            }
        }
        return AppliedEventEntity.among(events).chain(applied -> FactEntity.<FactEntity>list("name in ?1", names)
                .map(facts -> new FactPages(facts, applied)));
    }

    private static Uni<Void> write(FactPages pages) {
        return Panache.getSession()
                .invoke(session -> session.setBatchSize(ROWS))
                .call(session -> session.persistAll(pages.rows()))
                .chain(session -> session.flush().invoke(session::clear));
    }

    private static Uni<Void> judge(Map<String, List<Optional<Fact>>> said) {
        return Multi.createFrom()
                .iterable(said.keySet())
                .group()
                .intoLists()
                .of(JUDGED_AT_ONCE)
                .onItem()
                .transformToUniAndConcatenate(names -> judge(names, said))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> judge(List<String> names, Map<String, List<Optional<Fact>>> said) {
        return LedgerLineEntity.<LedgerLineEntity>list("fact in ?1 and state in ?2 order by id", names, CHANGING)
                .invoke(lines -> lines.forEach(line -> said.get(line.fact).forEach(line::judge)))
                .chain(Panache::getSession)
                .call(session -> session.flush())
                // What was judged leaves the memory before the next lines come.
                .invoke(session -> session.clear())
                .replaceWithVoid();
    }
}
