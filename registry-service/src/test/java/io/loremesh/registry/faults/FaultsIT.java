package io.loremesh.registry.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.registry.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL and Kafka are killed in turn while everybody writes. {@code -Dloremesh.faults.kills=20} kills that often
 * in one run, {@code -Dloremesh.faults.seed} chooses other moments.
 */
@QuarkusTest
@QuarkusTestResource(value = BreakableParts.class, restrictToAnnotatedClass = true)
class FaultsIT {
    private static final Logger LOG = Logger.getLogger(FaultsIT.class);
    private static final int KILLS = Integer.getInteger("loremesh.faults.kills", 4);
    private static final long SEED = Long.getLong("loremesh.faults.seed", 20_261_121);

    /** Acknowledged writes until the next kill, and until what was killed comes back: at most so many. */
    private static final int LONGEST_CALM = 60;

    private static final int LONGEST_OUTAGE = 15;

    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    Ledgers ledgers;

    BreakableParts parts;

    @Test
    void everythingAcknowledgedIsThereOnceAndInOrderHoweverOftenTheDatabaseAndTheBrokerAreKilled() throws Exception {
        var random = new Random(SEED);
        try (var load = new Load(address, bootstrap, ledgers)) {
            load.start();
            load.awaitEachMoved();
            var recoveries = new ArrayList<Long>();
            for (int kill = 1; kill <= KILLS; kill++) {
                var victim = kill % 2 == 1 ? parts.postgres() : parts.kafka();
                load.awaitWritten(random.nextInt(LONGEST_CALM));
                victim.kill();
                load.awaitWrittenWithout(victim, random.nextInt(LONGEST_OUTAGE));
                long began = System.nanoTime();
                victim.start();
                long started = System.nanoTime();
                load.awaitEachMoved();
                recoveries.add(Duration.ofNanos(System.nanoTime() - started).toMillis());
                LOG.infof(
                        "kill %d: %s back after %d ms, every writer and the ledger after %d ms more",
                        kill, victim, Duration.ofNanos(started - began).toMillis(), recoveries.getLast());
            }
            load.stop();
            load.awaitLedger();

            assertThat(load.broken()).as("failures that no caller would repeat").isEmpty();
            Eventually.within(BreakableParts.RECOVERY, () -> assertThat(ledgers.waitingEvents())
                    .isZero());
            Account account = load.account();
            account.requireVersions();
            account.requireMoves();
            account.requireArtifacts();
            account.requireFacts();
            account.requireEvents();
            account.requireUnbrokenAudit();
            LOG.infof("%d kills with seed %d: %s; recovered within %s ms", KILLS, SEED, load, summary(recoveries));
        }
    }

    private static String summary(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty()
                ? "-"
                : "%d (median), %d (longest)".formatted(sorted.get(sorted.size() / 2), Collections.max(sorted));
    }
}
