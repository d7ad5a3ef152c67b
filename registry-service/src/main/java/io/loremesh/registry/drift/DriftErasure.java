package io.loremesh.registry.drift;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Takes what is not to be remembered out of what measurements go by. Texts are read here and not compared in SQL, so
 * that what tells a fact is the same here and in the proof of its erasure. Blocks.
 */
@ApplicationScoped
public class DriftErasure {
    private static final int PIECE = 1_000;

    private final Pool pool;
    private final DriftDesk desk;

    DriftErasure(Pool pool, DriftDesk desk) {
        this.pool = pool;
        this.desk = desk;
    }

    /**
     * Removes each question that tells it or was answered with it, for every version of every model. May be repeated.
     */
    public void erase(Predicate<String> tells) {
        eraseAnswers(tells);
        eraseBaselines(tells);
    }

    private void eraseAnswers(Predicate<String> tells) {
        List<Row> piece;
        Tuple after = Tuple.of("", 0, "");
        do {
            piece = rows("""
                    select model, version, question_key, question, answer from live_answer
                     where (model, version, question_key) > ($1, $2, $3)
                     order by model, version, question_key limit %d""".formatted(PIECE), after);
            String[] telling = piece.stream()
                    .filter(row -> tells.test(row.getString(3)) || tells.test(row.getString(4)))
                    .map(row -> row.getString(2))
                    .toArray(String[]::new);
            if (telling.length > 0) {
                rows(
                        "delete from live_answer where question_key = any($1)",
                        Tuple.tuple().addArrayOfString(telling));
            }
            if (!piece.isEmpty()) {
                Row last = piece.getLast();
                after = Tuple.of(last.getString(0), last.getInteger(1), last.getString(2));
            }
        } while (piece.size() == PIECE);
    }

    private void eraseBaselines(Predicate<String> tells) {
        rows("select move from drift_baseline", Tuple.tuple()).forEach(row -> eraseBaseline(row.getLong(0), tells));
    }

    /** Begins again when a measurement has changed the baseline meanwhile. */
    private void eraseBaseline(long promotion, Predicate<String> tells) {
        boolean done = false;
        while (!done) {
            Baseline kept = desk.baseline(promotion).await().indefinitely().orElseThrow();
            Baseline rest = kept.without(tells);
            done = rest.equals(kept)
                    || desk.replace(promotion, kept, rest).await().indefinitely();
        }
    }

    private List<Row> rows(String sql, Tuple arguments) {
        return StreamSupport.stream(
                        pool.preparedQuery(sql)
                                .execute(arguments)
                                .await()
                                .indefinitely()
                                .spliterator(),
                        false)
                .toList();
    }
}
