package io.loremesh.registry.diff;

import static io.loremesh.proto.registry.v1.ChangeKind.CHANGE_KIND_GAINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.registry.v1.DiffVersionsRequest;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.ListFactChangesRequest;
import io.loremesh.proto.registry.v1.Transition;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two versions over 100,000 facts, as an evaluation of many would leave them. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
class DiffIT {
    private static final Logger LOG = Logger.getLogger(DiffIT.class);
    private static final int FACTS = 100_000;
    /** One in ten is gained, one in fifty lost, one in a hundred answered otherwise. */
    private static final int GAINED = FACTS / 10;

    private static final int LOST = FACTS / 50;

    @TestHTTPResource
    URL address;

    @Inject
    Pool pool;

    private RegistryCaller registry;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
    }

    /** The other tests share the database, and list its facts. */
    @AfterEach
    void close() {
        run("delete from ledger_line where model = 'many'");
        run("delete from fact_revision where fact ~ '^facts/[0-9]{8}$'");
        run("delete from fact where name ~ '^facts/[0-9]{8}$'");
        registry.close();
    }

    private void run(String sql) {
        pool.query(sql).execute().await().atMost(Duration.ofMinutes(2));
    }

    private void fill(String model) throws IOException {
        registry.createModel(model);
        registry.createVersion(model, "first of " + model, List.of());
        registry.createVersion(model, "second of " + model, List.of());
        try (InputStream script = DiffIT.class.getResourceAsStream("/many-facts.sql")) {
            String commands = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            for (String command : commands.replace(":model", "'" + model + "'").split(";\n")) {
                run(command);
            }
        }
    }

    private KnowledgeDiff diff(String model) {
        return registry.calls()
                .diffs()
                .diffVersions(DiffVersionsRequest.newBuilder()
                        .setBase("models/%s/versions/1".formatted(model))
                        .setCandidate("models/%s/versions/2".formatted(model))
                        .build());
    }

    @Test
    void twoVersionsOverAHundredThousandFactsAreComparedAtOnce() throws IOException {
        fill("many");

        KnowledgeDiff diff = diff("many");

        assertThat(diff.getGainedTotal()).isEqualTo(GAINED);
        assertThat(diff.getLostTotal()).isEqualTo(LOST);
        assertThat(diff.getTransitionsList().stream()
                        .mapToInt(Transition::getCount)
                        .sum())
                .isEqualTo(FACTS);
        assertThat(diff.getGainedTotal() + diff.getLostTotal() + diff.getAlteredTotal() + diff.getUnchangedCount())
                .isEqualTo(FACTS);
        assertThat(diff.getGainedList()).hasSize(100);
        assertThat(diff.getGained(0).getAnswerBefore()).isEqualTo("unknown");
        assertThat(diff.getGained(0).getAnswerAfter()).isEqualTo("10");
        assertThat(diff.getGained(0).getChangedBy()).isEqualTo("models/many/versions/2");
        assertThat(diff.getGained(0).getEventId()).isEqualTo("event");
        assertThat(diff.getSignificance().getOnlyCandidate()).isEqualTo(GAINED);
        assertThat(diff.getSignificance().getPValue()).isLessThan(1e-9);
        assertThat(diff.getDeltasList()).hasSize(24);
        assertThat(diff.getModuleNormsProblem())
                .as("the artifacts here are no adapters")
                .isNotEmpty();
        assertThat(everyGainedFact()).hasSize(GAINED);

        long[] millis = IntStream.range(0, 7)
                .mapToLong(i -> {
                    long start = System.nanoTime();
                    diff("many");
                    return (System.nanoTime() - start) / 1_000_000;
                })
                .sorted()
                .toArray();
        LOG.infof("a diff over %d facts takes %s ms, median %d", FACTS, Arrays.toString(millis), millis[3]);
        // The target is 1 s on a machine with nothing else to do; a shared one gets ten times as long.
        assertThat(millis[3]).as("median of 7, milliseconds").isLessThan(10_000);
    }

    private HashSet<String> everyGainedFact() {
        var names = new HashSet<String>();
        String token = "";
        do {
            var page = registry.calls()
                    .diffs()
                    .listFactChanges(ListFactChangesRequest.newBuilder()
                            .setBase("models/many/versions/1")
                            .setCandidate("models/many/versions/2")
                            .setKind(CHANGE_KIND_GAINED)
                            .setPageSize(1_000)
                            .setPageToken(token)
                            .build());
            page.getChangesList().stream().map(FactChange::getFact).forEach(fact -> assertThat(
                            names.add(fact.getName()))
                    .as("%s comes once", fact.getName())
                    .isTrue());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return names;
    }
}
