package io.loremesh.registry.diff;

import io.loremesh.model.statistic.McNemar;
import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.KnowledgeDelta;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.registry.diff.ChangeRule.Step;
import io.loremesh.registry.ledger.Staleness;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Compares two versions' lines in the database, all facts at once: what leaves it are counts, and one page of changes.
 * To be used within one transaction, so that counts and lists agree.
 */
final class LedgerComparison {
    /** Lines by their facts as they stand: {@link Staleness#accuracy} in SQL. */
    private static final String LINES = """
            select id, fact, state, answer_key,
                   case when state = 'KNOWLEDGE_STATE_STALE' and accuracy > 0.5 then 0 else accuracy end as accuracy,
                   case when state = 'KNOWLEDGE_STATE_STALE' and accuracy > 0.5 then null else margin end as margin
              from ledger_line""";
    /** Every fact that either version has a line of. A fact without a line in one of them is unknown there. */
    private static final String PAIRS = """
            with pair as (
              select coalesce(b.fact, c.fact) as fact, b.id as before_id, c.id as after_id,
                     coalesce(b.state, 'KNOWLEDGE_STATE_UNKNOWN') as before,
                     coalesce(c.state, 'KNOWLEDGE_STATE_UNKNOWN') as after,
                     coalesce(b.answer_key, '') = coalesce(c.answer_key, '') as same,
                     b.accuracy as accuracy_before, c.accuracy as accuracy_after,
                     c.margin - b.margin as margin_change,
                     b.id is not null and c.id is not null as paired
                from (%s where model = $1 and version = $2) b
                full join (%s where model = $3 and version = $4) c on c.fact = b.fact
            )
            """.formatted(LINES, LINES);
    /** What `learned` asks for. */
    private static final String HELD = "%s >= 0.75";

    private static final String BEFORE = HELD.formatted("accuracy_before");
    private static final String AFTER = HELD.formatted("accuracy_after");
    private static final String ONLY_BASE =
            "count(*) filter (where paired and %s and not %s)::int".formatted(BEFORE, AFTER);
    private static final String ONLY_CANDIDATE =
            "count(*) filter (where paired and %s and not %s)::int".formatted(AFTER, BEFORE);
    private static final String BOTH = "count(*) filter (where paired and %s and %s)::int".formatted(BEFORE, AFTER);
    private static final String STEP = "before || '>' || after || case when same then '=' else '' end";
    private static final int MOST_GROUPS = 100;

    private final SqlConnection connection;
    private final VersionName base;
    private final VersionName candidate;

    LedgerComparison(SqlConnection connection, VersionName base, VersionName candidate) {
        this.connection = connection;
        this.base = base;
        this.candidate = candidate;
    }

    /** A changed fact, and its lines; a version without a line has none. */
    record Changed(String fact, Long before, Long after) {}

    /**
     * First of all: what follows sees one state of the database, and is not compiled for the few seconds that it takes.
     */
    Uni<Void> prepare() {
        return connection
                .query("set transaction isolation level repeatable read, read only")
                .execute()
                .chain(() -> connection.query("set local jit = off").execute())
                .replaceWithVoid();
    }

    Uni<Tally> tally() {
        return query(
                        PAIRS
                                + "select before, after, same, count(*)::int, count(*) filter (where paired)::int, "
                                + String.join(", ", ONLY_BASE, ONLY_CANDIDATE, BOTH)
                                + " from pair group by before, after, same",
                        pairs())
                .map(rows -> new Tally(list(
                        rows,
                        row -> new Tally.Row(
                                new Step(
                                        KnowledgeState.valueOf(row.getString(0)),
                                        KnowledgeState.valueOf(row.getString(1)),
                                        row.getBoolean(2)),
                                row.getInteger(3),
                                row.getInteger(4),
                                row.getInteger(5),
                                row.getInteger(6),
                                row.getInteger(7)))));
    }

    Uni<List<KnowledgeDelta>> deltas() {
        return query(
                        PAIRS
                                + "select coalesce(nullif(f.relation, ''), f.source_uri), "
                                + "f.language, count(*)::int as n,"
                                + " avg(accuracy_before), avg(accuracy_after), avg(margin_change), "
                                + String.join(", ", ONLY_BASE, ONLY_CANDIDATE)
                                + " from pair join fact f on f.name = pair.fact where paired"
                                + " group by 1, 2 order by n desc, 1, 2 limit " + MOST_GROUPS,
                        pairs())
                .map(rows -> list(rows, LedgerComparison::delta));
    }

    /** One page of the changes of a kind, by fact; one more where there are more. */
    Uni<List<Changed>> changes(ChangeKind kind, Page page) {
        Tuple parameters = pairs().addArrayOfString(ChangeRule.keys(kind))
                .addString(page.after())
                .addInteger(page.size() + 1);
        return query(
                        PAIRS + "select fact, before_id, after_id from pair where " + STEP
                                + " = any($5) and fact > $6 order by fact limit $7",
                        parameters)
                .map(rows -> list(rows, row -> new Changed(row.getString(0), row.getLong(1), row.getLong(2))));
    }

    Uni<RowSet<Row>> query(String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters);
    }

    static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    private Tuple pairs() {
        return Tuple.of(base.model(), base.number(), candidate.model(), candidate.number());
    }

    private static KnowledgeDelta delta(Row row) {
        var delta = KnowledgeDelta.newBuilder()
                .setGroup(row.getString(0))
                .setLanguage(row.getString(1))
                .setN(row.getInteger(2))
                .setAccuracyBefore(row.getDouble(3))
                .setAccuracyAfter(row.getDouble(4))
                .setPValue(McNemar.exact(row.getInteger(6), row.getInteger(7)));
        if (row.getDouble(5) != null) {
            delta.setMarginChange(row.getDouble(5));
        }
        return delta.build();
    }
}
