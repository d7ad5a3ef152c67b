package io.loremesh.registry.lineage;

import io.loremesh.proto.trainer.v1.Progress;
import io.loremesh.proto.trainer.v1.Run;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.resource.ProtoJson;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** How each training run got on, step by step, as the trainer told it. */
@ApplicationScoped
public class RunCurves {
    private static final int MOST_POINTS = 5_000;

    private final Transactions transactions;

    RunCurves(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Keeps where a run is. A step that is told again, by a redelivery or a run that resumed, is written anew. */
    Uni<Void> record(Run run) {
        return transactions.in(() -> Panache.getSession().chain(session -> session.createNativeQuery(
                        "insert into run_progress (run, step, content) values (:run, :step, :content)"
                                + " on conflict (run, step) do update set content = excluded.content")
                .setParameter("run", run.getName())
                .setParameter("step", run.getProgress().getStep())
                .setParameter("content", ProtoJson.write(run.getProgress()))
                .executeUpdate()
                .replaceWithVoid()));
    }

    /** The steps of {@code runs/{run}}, first to last, at most 5,000; empty where the registry heard of none. */
    public Uni<List<Progress>> of(String run) {
        return transactions
                .in(() -> Panache.getSession().chain(session -> session.<String>createNativeQuery(
                                "select content from run_progress where run = :run order by step")
                        .setParameter("run", run)
                        .setMaxResults(MOST_POINTS)
                        .getResultList()))
                .map(steps -> steps.stream()
                        .map(step -> ProtoJson.read(step, Progress.newBuilder()).build())
                        .toList());
    }
}
