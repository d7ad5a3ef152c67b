package io.loremesh.registry.drift;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Whose turn it is, and what measurements go by: baselines, learned facts, live answers. Time is the database's.
 * Nothing is kept of a version that holds an erased fact: such a version is never active, and what it said may tell the
 * fact.
 */
@ApplicationScoped
class DriftDesk {
    /** @param move the last of the model's `active` */
    record Due(String model, long move) {}

    /** @param fromWeights what it had learned; else no fact of the ledger had to do with it */
    record LiveAnswer(String question, String answer, boolean fromWeights) {}

    private final Pool pool;
    private final DriftConfig config;

    DriftDesk(Pool pool, DriftConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * Takes the models whose active version is to be measured now: those whose interval is over, and those promoted a
     * calm while ago. No other process gets the same until the next interval, and a process that dies leaves nothing
     * behind that blocks it. The bare base is not measured: it has no parent to be far from, and nothing to go back to.
     */
    Uni<List<Due>> takeDue() {
        return pool.preparedQuery("""
                        insert into drift_watch (model, move, next_time)
                        select model, sequence, now() + $1 * interval '1 millisecond'
                          from (select distinct on (model) model, sequence, version, create_time from alias_move
                                 where alias = 'active' order by model, sequence desc) active
                         where version > 0 and create_time <= now() - $2 * interval '1 millisecond'
                        on conflict (model) do update set move = excluded.move, next_time = excluded.next_time
                         where drift_watch.next_time <= now() or drift_watch.move < excluded.move
                        returning model, move""")
                .execute(Tuple.of(config.interval().toMillis(), config.calm().toMillis()))
                .map(rows -> list(rows, row -> new Due(row.getString(0), row.getLong(1))));
    }

    Uni<Optional<Baseline>> baseline(long promotion) {
        return pool.preparedQuery("select content from drift_baseline where move = $1")
                .execute(Tuple.of(promotion))
                .map(rows -> list(rows, row -> Baseline.fromJson(row.getString(0))).stream()
                        .findFirst());
    }

    /** Keeps a baseline; one that is there already stays. */
    Uni<Void> keep(long promotion, Baseline baseline) {
        return pool.preparedQuery("""
                        insert into drift_baseline (move, content, create_time)
                        select m.sequence, $2::text, now() from alias_move m
                         where m.sequence = $1 and not exists (
                               select 1 from erased_knowledge e join fact f on f.name = e.fact and f.retracted
                                where e.model = m.model and e.version = m.version)
                        on conflict do nothing""")
                .execute(Tuple.of(promotion, baseline.toJson()))
                .replaceWithVoid();
    }

    /** Puts a baseline in place of another. Whether that was still the one that is kept. */
    Uni<Boolean> replace(long promotion, Baseline from, Baseline to) {
        return pool.preparedQuery("update drift_baseline set content = $3 where move = $1 and content = $2")
                .execute(Tuple.of(promotion, from.toJson(), to.toJson()))
                .map(updated -> updated.rowCount() == 1);
    }

    /** Questions of facts that the version's ledger holds, the same ones each time. */
    Uni<List<String>> learned(VersionName version) {
        return pool.preparedQuery("""
                        select f.content from ledger_line l join fact f on f.name = l.fact
                         where l.model = $1 and l.version = $2 and l.state = 'KNOWLEDGE_STATE_LEARNED'
                           and not f.retracted
                         order by md5(l.fact) limit $3""")
                .execute(Tuple.of(version.model(), version.number(), config.learnedFacts()))
                .map(rows -> list(rows, row -> ProtoJson.read(row.getString(0), Fact.newBuilder())
                        .getQuestion()));
    }

    /** The first answer to a question is kept: the one that later ones are held to. */
    Uni<Void> sample(VersionName version, LiveAnswer given) {
        return pool.preparedQuery("""
                        insert into live_answer
                               (model, version, question_key, question, answer, from_weights, create_time)
                        select $1::text, $2::integer, md5($3::text), $3::text, $4::text, $5::boolean, now()
                         where not exists (
                               select 1 from erased_knowledge e join fact f on f.name = e.fact and f.retracted
                                where e.model = $1 and e.version = $2)
                        on conflict do nothing""")
                .execute(Tuple.of(
                        version.model(), version.number(), given.question(), given.answer(), given.fromWeights()))
                .replaceWithVoid();
    }

    /** Some of what the version's weights answered, drawn anew each time. */
    Uni<List<LiveAnswer>> answeredByWeights(VersionName version) {
        return pool.preparedQuery("""
                        select question, answer, from_weights from live_answer
                         where model = $1 and version = $2 and from_weights order by random() limit $3""")
                .execute(Tuple.of(version.model(), version.number(), config.liveQuestions()))
                .map(DriftDesk::liveAnswers);
    }

    /** Some of what users asked and no fact answers, whoever answered, drawn anew each time. */
    Uni<List<LiveAnswer>> askedOtherwise(String model) {
        return pool.preparedQuery("""
                        select question, answer, from_weights from live_answer
                         where model = $1 and not from_weights order by random() limit $2""")
                .execute(Tuple.of(model, config.liveQuestions()))
                .map(DriftDesk::liveAnswers);
    }

    /** Forgets live answers and measurements that are older than they are to be kept. */
    Uni<Void> forgetOld() {
        return forget("live_answer", config.keepLive()).chain(() -> forget("drift_measurement", config.keepSeries()));
    }

    private Uni<Void> forget(String table, Duration kept) {
        return pool.preparedQuery(
                        "delete from %s where create_time < now() - $1 * interval '1 millisecond'".formatted(table))
                .execute(Tuple.of(kept.toMillis()))
                .replaceWithVoid();
    }

    private static List<LiveAnswer> liveAnswers(RowSet<Row> rows) {
        return list(rows, row -> new LiveAnswer(row.getString(0), row.getString(1), row.getBoolean(2)));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }
}
