package io.loremesh.registry.lineage;

import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.registry.v1.GivenAnswer;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Which answers versions gave to users, by the trace of the request: what links a complaint to the version that caused
 * it.
 */
@ApplicationScoped
public class GivenAnswers {
    private static final Logger LOG = Logger.getLogger(GivenAnswers.class);
    private static final int SHOWN = 100;

    private final Pool pool;
    private final Duration kept;

    /** @param kept how long an answer is told of */
    GivenAnswers(
            Pool pool, @ConfigProperty(name = "loremesh.lineage.keep-answers", defaultValue = "90d") Duration kept) {
        this.pool = pool;
        this.kept = kept;
    }

    /** Keeps that the version's weights gave the answer. What the bare base read from passages is no version's. */
    public Uni<Void> record(VersionName by, Answer answer) {
        if (by.isBare()) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery("""
                        insert into given_answer (answer, model, version, trace, fact, create_time)
                        values ($1, $2, $3, $4, $5, $6) on conflict do nothing""")
                .execute(Tuple.of(
                        answer.getAnswerId(),
                        by.model(),
                        by.number(),
                        answer.getTraceId(),
                        answer.getFact(),
                        Timestamps.read(answer.getCreateTime()).atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Adds the newest answers of the version, and how many there are. */
    Uni<Lineage.Builder> tell(VersionName version, Lineage.Builder lineage) {
        return pool.preparedQuery("""
                        select answer, trace, fact, create_time, count(*) over () from given_answer
                         where model = $1 and version = $2 order by create_time desc limit $3""")
                .execute(Tuple.of(version.model(), version.number(), SHOWN))
                .map(GivenAnswers::rows)
                .map(rows -> lineage.addAllAnswers(
                                rows.stream().map(GivenAnswers::answer).toList())
                        .setAnswerCount(rows.isEmpty() ? 0 : rows.getFirst().getLong(4)));
    }

    private static List<Row> rows(RowSet<Row> found) {
        return StreamSupport.stream(found.spliterator(), false).toList();
    }

    private static GivenAnswer answer(Row row) {
        OffsetDateTime given = row.getOffsetDateTime(3);
        return GivenAnswer.newBuilder()
                .setAnswerId(row.getString(0))
                .setTraceId(row.getString(1))
                .setFact(row.getString(2))
                .setCreateTime(Timestamps.of(given.toInstant()))
                .build();
    }

    @Scheduled(
            every = "1h",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> forgetOld() {
        return pool.preparedQuery("delete from given_answer where create_time < now() - $1 * interval '1 millisecond'")
                .execute(Tuple.of(kept.toMillis()))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("old answers are forgotten an hour later: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
