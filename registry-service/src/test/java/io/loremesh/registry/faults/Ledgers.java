package io.loremesh.registry.faults;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.outbox.OutboxMessageEntity;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.VersionName;
import io.quarkus.hibernate.reactive.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** What a test sees and does behind the registry's doors. */
@ApplicationScoped
class Ledgers {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final LedgerWriter evaluation;

    Ledgers(Transactions transactions, LedgerWriter evaluation) {
        this.transactions = transactions;
        this.evaluation = evaluation;
    }

    /** Events that are committed and not yet acknowledged by Kafka. */
    long waitingEvents() {
        return transactions.in(() -> OutboxMessageEntity.count()).await().atMost(LONGEST);
    }

    /** Transactions that wait for one of the registry's locks. */
    long waitingTransactions() {
        return transactions
                .in(() -> Panache.getSession().chain(session -> session.createNativeQuery(
                                "select count(*) from pg_locks where locktype = 'advisory' and not granted", Long.class)
                        .getSingleResult()))
                .await()
                .atMost(LONGEST);
    }

    /** An evaluation says that the version answers all of these right. */
    void learned(String model, int number, List<Fact> facts) {
        evaluation.learned(new VersionName(model, number), facts, true);
    }
}
