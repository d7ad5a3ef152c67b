package io.loremesh.registry.promotion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.events.Topics;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.GetVersionRequest;
import io.loremesh.proto.registry.v1.ListAliasMovesRequest;
import io.loremesh.proto.registry.v1.RollbackAliasRequest;
import io.loremesh.proto.registry.v1.SetAliasRequest;
import io.loremesh.proto.registry.v1.WatchAliasesRequest;
import io.loremesh.registry.KafkaCaller;
import io.loremesh.registry.RealParts;
import io.loremesh.registry.RegistryCaller;
import io.loremesh.registry.evaluation.LedgerWriter;
import io.loremesh.registry.version.VersionName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
class PromotionIT {
    @TestHTTPResource
    URL address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Inject
    LedgerWriter evaluation;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    private RegistryCaller registry;

    @BeforeEach
    void open() {
        registry = new RegistryCaller(address);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** Two versions of a model of its own, both accepted. */
    private void twoVersions(String model) {
        registry.createModel(model);
        for (int number = 1; number <= 2; number++) {
            registry.createVersion(model, model + number, List.of());
            evaluation.learned(new VersionName(model, number), List.of(), true);
        }
    }

    private static SetAliasRequest.Builder activate(String model, int number) {
        return SetAliasRequest.newBuilder()
                .setModel("models/" + model)
                .setAlias("active")
                .setVersion("models/%s/versions/%d".formatted(model, number))
                .setActor("tester")
                .setReason("because");
    }

    @Test
    void promotionNeedsAnAcceptedVerdict() {
        registry.createModel("judged");
        registry.createVersion("judged", "adapter of judged", List.of());
        assertRefused(
                "was never evaluated",
                () -> registry.calls().aliases().setAlias(activate("judged", 1).build()));

        evaluation.learned(new VersionName("judged", 1), List.of(), false);
        assertRefused(
                "factual_consistency is 0.400",
                () -> registry.calls().aliases().setAlias(activate("judged", 1).build()));

        AliasMove forced = registry.calls()
                .aliases()
                .setAlias(activate("judged", 1).setForce(true).build());
        assertThat(forced.getReason()).contains("because", "forced against a rejection");

        evaluation.learned(new VersionName("judged", 1), List.of(), true);
        AliasMove again =
                registry.calls().aliases().setAlias(activate("judged", 1).build());
        assertThat(again).as("a move to where it points is no move").isEqualTo(forced);
    }

    @Test
    void aRollbackGoesBackToWhereTheAliasPointed() {
        twoVersions("back");
        registry.calls().aliases().setAlias(activate("back", 1).build());
        registry.calls().aliases().setAlias(activate("back", 2).build());
        assertThat(aliases("back", 1)).containsExactly("previous");
        assertThat(aliases("back", 2)).containsExactly("active");

        AliasMove move = registry.calls()
                .aliases()
                .rollbackAlias(RollbackAliasRequest.newBuilder()
                        .setModel("models/back")
                        .setActor("tester")
                        .setReason("it was worse")
                        .build());

        assertThat(move.getVersion()).isEqualTo("models/back/versions/1");
        assertThat(move.getPreviousVersion()).isEqualTo("models/back/versions/2");
        assertThat(aliases("back", 1)).containsExactly("active");
        assertThat(aliases("back", 2)).containsExactly("previous");
        assertThat(registry.calls()
                        .aliases()
                        .listAliasMoves(ListAliasMovesRequest.newBuilder()
                                .setModel("models/back")
                                .setAlias("active")
                                .build())
                        .getMovesList())
                .extracting(AliasMove::getVersion)
                .containsExactly("models/back/versions/1", "models/back/versions/2", "models/back/versions/1");
    }

    @Test
    void aReplicaWhoseClockIsBehindDoesNotMoveBeforeTheMoveBefore() throws SQLException {
        twoVersions("skewed");
        registry.calls().aliases().setAlias(activate("skewed", 1).build());
        try (var connection = DriverManager.getConnection(database, "loremesh", "loremesh");
                var statement = connection.createStatement()) {
            statement.execute(
                    "update alias_move set create_time = create_time + interval '1 hour' where model = 'skewed'");
        }

        AliasMove move =
                registry.calls().aliases().setAlias(activate("skewed", 2).build());

        Timestamp between = Timestamps.add(move.getCreateTime(), Durations.fromMillis(1));
        assertThat(registry.calls()
                        .aliases()
                        .listAliasMoves(ListAliasMovesRequest.newBuilder()
                                .setModel("models/skewed")
                                .setAlias("active")
                                .setAsOf(between)
                                .build())
                        .getMovesList())
                .extracting(AliasMove::getVersion)
                .containsExactly("models/skewed/versions/2", "models/skewed/versions/1");
        assertThat(Timestamps.compare(move.getCreateTime(), Timestamps.fromMillis(System.currentTimeMillis())))
                .as("not an hour before what came before it")
                .isPositive();
    }

    @Test
    void everyMoveReachesKafka() {
        twoVersions("told");
        registry.calls().aliases().setAlias(activate("told", 2).build());
        try (var kafka = new KafkaCaller(bootstrap)) {
            assertThat(kafka.find(
                            Topics.VERSIONS,
                            message -> "models/told".equals(message.key())
                                    && new String(message.value(), UTF_8).contains("\"alias\":\"active\"")))
                    .hasValueSatisfying(message -> {
                        assertThat(new String(
                                        message.headers().lastHeader("ce_type").value(), UTF_8))
                                .isEqualTo("io.loremesh.version.promoted.v1");
                        assertThat(new String(message.value(), UTF_8)).contains("models/told/versions/2");
                    });
        }
    }

    @Test
    void aWatcherSeesWhereAliasesPointAndThenEveryMove() {
        twoVersions("watched");
        registry.calls().aliases().setAlias(activate("watched", 1).build());
        try (var watching = Context.current().withCancellation()) {
            Iterator<AliasMove> moves = watch(watching);
            assertThat(List.of(moves.next().getAlias(), moves.next().getAlias()))
                    .containsExactlyInAnyOrder("active", "previous");

            long asked = System.nanoTime();
            registry.calls().aliases().setAlias(activate("watched", 2).build());

            AliasMove seen = moves.next();
            assertThat(seen.getVersion()).isEqualTo("models/watched/versions/2");
            assertThat(seen.getAlias()).isEqualTo("active");
            assertThat(System.nanoTime() - asked)
                    .as("nanoseconds from the request")
                    .isLessThan(20_000_000_000L);
        }
    }

    private Iterator<AliasMove> watch(Context.CancellableContext context) {
        Context before = context.attach();
        try {
            return registry.calls()
                    .aliases()
                    .watchAliases(WatchAliasesRequest.newBuilder()
                            .setModel("models/watched")
                            .build());
        } finally {
            context.detach(before);
        }
    }

    private List<String> aliases(String model, int number) {
        return registry.calls()
                .versions()
                .getVersion(GetVersionRequest.newBuilder()
                        .setName("models/%s/versions/%d".formatted(model, number))
                        .build())
                .getAliasesList();
    }

    private static void assertRefused(String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION))
                .hasMessageContaining(reason);
    }
}
