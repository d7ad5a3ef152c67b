package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.registry.evaluation.Notebook.Key;
import io.loremesh.registry.resource.ProtoJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Who works on which evaluation, and what was found out so far. An evaluation belongs to the process that holds its
 * lease; time is the database's, so clocks that differ steal none.
 */
@ApplicationScoped
class EvaluationDesk {
    private final Pool pool;
    private final EvaluationConfig config;

    EvaluationDesk(Pool pool, EvaluationConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Takes an evaluation that is under way and nobody else works on; tells whether it did. */
    Uni<Boolean> take(long id, String worker) {
        String taking = """
                update evaluation set worker = $2, lease_until = now() + $3 * interval '1 millisecond'
                 where id = $1 and end_time is null
                   and (lease_until is null or lease_until < now() or worker = $2)""";
        return pool.preparedQuery(taking).execute(Tuple.of(id, worker, lease())).map(rows -> rows.rowCount() == 1);
    }

    /** Keeps the lease and tells how far the work is; false where the evaluation ended or was taken by another. */
    Uni<Boolean> report(long id, String worker, Evaluation progress) {
        return pool.preparedQuery("""
                        update evaluation
                           set lease_until = now() + $3 * interval '1 millisecond', state = $4, progress = $5
                         where id = $1 and worker = $2 and end_time is null""")
                .execute(Tuple.of(id, worker, lease(), progress.getState().name(), ProtoJson.write(progress)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Lets go of all that a process works on, so that the next one need not wait for its leases to end. */
    Uni<Void> release(String worker) {
        return pool.preparedQuery("update evaluation set lease_until = null where worker = $1 and end_time is null")
                .execute(Tuple.of(worker))
                .replaceWithVoid();
    }

    /** Evaluations that are under way and that nobody works on. */
    Uni<List<Long>> orphans() {
        return pool.query("select id from evaluation where end_time is null and (lease_until is "
                        + "null or lease_until < now())"
                        + " order by id")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getLong(0))
                        .toList());
    }

    Uni<Map<Key, Finding>> findings(long id) {
        return pool.preparedQuery("select kind, item, revision, content from evaluation_finding where evaluation = $1")
                .execute(Tuple.of(id))
                .map(rows -> {
                    var findings = new HashMap<Key, Finding>();
                    rows.forEach(row -> findings.put(
                            new Key(Notebook.Kind.valueOf(row.getString(0)), row.getString(1), row.getInteger(2)),
                            Finding.fromJson(row.getString(3))));
                    return findings;
                });
    }

    /** Keeps a finding; one that is there already stays. */
    Uni<Void> keep(long id, Key key, Finding finding) {
        return pool.preparedQuery("insert into evaluation_finding (evaluation, kind, item, revision, content)"
                        + " values ($1, $2, $3, $4, $5) on conflict do nothing")
                .execute(Tuple.of(id, key.kind().name(), key.item(), key.revision(), finding.toJson()))
                .replaceWithVoid();
    }

    private long lease() {
        return config.lease().toMillis();
    }
}
