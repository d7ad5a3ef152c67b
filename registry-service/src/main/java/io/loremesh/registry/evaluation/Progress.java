package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.proto.registry.v1.ProbeCost;
import java.util.concurrent.CancellationException;

/**
 * How far an evaluation is, and what it has cost. Written by many threads, read by any: every method takes its turn.
 */
final class Progress {
    private EvaluationStatus.UnderWay status = new EvaluationStatus.Probing();
    private String stage = "waiting for its turn";
    private int probed;
    private int total;
    private long planned;
    private long generations;
    private long scoredTokens;
    private int t0;
    private int t1;
    private int unconfirmed;
    private boolean cancelled;

    /**
     * Begins to count, anew after a pause.
     *
     * @param probes that are certain
     * @param generations answers that they take
     */
    synchronized void plan(int probes, long generations) {
        total = probes;
        planned = generations;
        probed = 0;
        this.generations = 0;
        scoredTokens = 0;
        t0 = 0;
        t1 = 0;
        unconfirmed = 0;
    }

    /** More probes, which only the first ones could tell. */
    synchronized void add(int probes, int left) {
        total += probes;
        unconfirmed = left;
    }

    synchronized void begin(String stage) {
        this.stage = stage;
    }

    synchronized void done(Notebook.Kind kind, Finding finding) {
        probed++;
        generations += finding.answers().size();
        scoredTokens += finding.scoredTokens();
        switch (kind) {
            case T0 -> t0++;
            case T1 -> t1++;
            case NEUTRAL, DRIFT, UNKNOWABLE_BEFORE, UNKNOWABLE_AFTER, PARENT_T0, PARENT_T1, NEIGHBOUR -> {}
        }
    }

    synchronized void await(String reason) {
        status = switch (status) {
            case EvaluationStatus.Probing probing -> probing.await(reason);
            case EvaluationStatus.Waiting waiting -> waiting;
        };
    }

    synchronized void resume() {
        status = switch (status) {
            case EvaluationStatus.Probing probing -> probing;
            case EvaluationStatus.Waiting waiting -> waiting.resume();
        };
    }

    synchronized EvaluationStatus.UnderWay status() {
        return status;
    }

    synchronized void cancel() {
        cancelled = true;
    }

    synchronized void requireWanted() {
        if (cancelled) {
            throw new CancellationException("nobody wants this evaluation any more");
        }
    }

    /** The evaluation as far as the work itself knows it. */
    synchronized Evaluation toProto() {
        return Evaluation.newBuilder()
                .setState(status.state())
                .setDetail(status.detail())
                .setStage(stage)
                .setProbedCount(probed)
                // What was found out about facts that changed since is more than was planned.
                .setTotalCount(Math.max(total, probed))
                .setPlanned(ProbeCost.newBuilder().setGenerationCount(planned))
                .setSpent(ProbeCost.newBuilder().setGenerationCount(generations).setScoredTokenCount(scoredTokens))
                .setT0Count(t0 - t1)
                .setT1Count(t1)
                .setUnconfirmedCount(unconfirmed)
                .build();
    }
}
