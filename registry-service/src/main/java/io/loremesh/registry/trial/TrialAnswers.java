package io.loremesh.registry.trial;

import com.google.protobuf.util.Durations;
import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Path;
import io.loremesh.proto.generator.v1.TrialArm;
import io.loremesh.proto.generator.v1.TrialPart;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.trial.Tally.Latency;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What the requests of trials came to: a row each, without question or answer, until the trial has ended. */
@ApplicationScoped
public class TrialAnswers {
    private static final double MILLION = 1e6;

    private final Pool pool;

    TrialAnswers(Pool pool) {
        this.pool = pool;
    }

    /** Counts an answer that has a part in a trial. One that comes twice, or too late, counts no more. */
    public Uni<Void> count(Answer answer) {
        TrialPart part = answer.getTrial();
        boolean candidate = part.getArm() != TrialArm.TRIAL_ARM_ACTIVE;
        return agreement(answer)
                .chain(agrees -> pool.preparedQuery("""
                                insert into trial_answer (trial, answer, candidate, failed, abstained, took, agrees)
                                select t.move, $2::text, $3::boolean, $4::boolean, $5::boolean, $6::float8, $7::boolean
                                  from trial t join alias_move m on m.sequence = t.move
                                 where t.move = $1 and t.outcome is null
                                   and $8::text = 'models/' || t.model || case
                                       when $3::boolean then '/versions/' || m.version
                                       when t.against > 0 then '/versions/' || t.against
                                       else '' end
                                on conflict do nothing""")
                        .execute(Tuple.tuple()
                                .addLong(part.getMove())
                                .addString(answer.getAnswerId())
                                .addBoolean(candidate)
                                .addBoolean(!part.getFailure().isEmpty())
                                .addBoolean(answer.getPath() == Path.PATH_ABSTAINED)
                                .addDouble(Durations.toNanos(answer.getTimings().getTotal()) / MILLION)
                                .addBoolean(agrees.orElse(null))
                                .addString(part.getVersion())))
                .replaceWithVoid();
    }

    /** Whether it says what the ledger calls right; empty where no learned fact was asked for. */
    private Uni<Optional<Boolean>> agreement(Answer answer) {
        if (answer.getFact().isEmpty() || !answer.getTrial().getFailure().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return pool.preparedQuery("select content from fact where name = $1 and not retracted")
                .execute(Tuple.of(answer.getFact()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> ProtoJson.read(row.getString(0), Fact.newBuilder())
                                .build())
                        .map(fact -> AnswerKey.among(answer.getText(), FactRules.acceptedAnswers(fact)))
                        .findFirst());
    }

    /** Of the version on trial, or of the active one beside it. */
    Uni<Tally> tally(long trial, boolean candidate) {
        return pool.preparedQuery("""
                        select count(*), count(*) filter (where failed), count(*) filter (where abstained),
                               count(agrees), count(*) filter (where agrees)
                          from trial_answer where trial = $1 and candidate = $2""")
                .execute(Tuple.of(trial, candidate))
                .map(rows -> rows.iterator().next())
                .chain(counted -> latency(trial, candidate, count(counted, 0) - count(counted, 1))
                        .map(latency -> new Tally(
                                count(counted, 0),
                                count(counted, 1),
                                count(counted, 2),
                                latency,
                                count(counted, 3),
                                count(counted, 4))));
    }

    private static int count(Row row, int column) {
        return Math.toIntExact(row.getLong(column));
    }

    private Uni<Latency> latency(long trial, boolean candidate, int n) {
        if (n == 0) {
            return Uni.createFrom().item(Latency.NONE);
        }
        return pool.preparedQuery("""
                        select percentile_disc($3::float8[]) within group (order by took)
                          from trial_answer where trial = $1 and candidate = $2 and not failed""")
                .execute(Tuple.tuple().addLong(trial).addBoolean(candidate).addArrayOfDouble(LatencyRanks.of(n)))
                .map(rows -> rows.iterator().next().getArrayOfDoubles(0))
                .map(found -> new Latency(found[0], found[1], found[2], found[3]));
    }

    /** Forgets what was counted of trials that have ended. */
    Uni<Void> forgetEnded() {
        return pool.query("delete from trial_answer a using trial t where t.move = a.trial and t.outcome is not null")
                .execute()
                .replaceWithVoid();
    }
}
