package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.Evaluation;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.resource.Timestamps;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Works evaluations off, a few at a time. What this process begins it keeps by a lease; what another left unfinished it
 * takes over. While a neighbour is away an evaluation waits and says so.
 */
@ApplicationScoped
class EvaluationWork {
    private static final Logger LOG = Logger.getLogger(EvaluationWork.class);
    private static final int AT_A_TIME = 2;
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

    private final VersionProbe probe;
    private final EvaluationConfig config;
    private final EvaluationRecords records;
    private final EvaluationDesk desk;
    private final SubjectReader subjects;
    private final Policies policies;
    private final String worker = UUID.randomUUID().toString();
    private final Map<Long, Progress> running = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newFixedThreadPool(
            AT_A_TIME, Thread.ofPlatform().name("evaluation-", 0).daemon().factory());
    private volatile boolean stopping;

    EvaluationWork(
            VersionProbe probe,
            EvaluationConfig config,
            EvaluationRecords records,
            EvaluationDesk desk,
            SubjectReader subjects,
            Policies policies) {
        this.probe = probe;
        this.config = config;
        this.records = records;
        this.desk = desk;
        this.subjects = subjects;
        this.policies = policies;
    }

    /** Works on an evaluation unless another process does. */
    Uni<Void> begin(long id) {
        return desk.take(id, worker)
                .invoke(mine -> {
                    if (mine) {
                        running.computeIfAbsent(id, this::submit);
                    }
                })
                .replaceWithVoid();
    }

    /** How far the work of this process on an evaluation is. */
    Optional<Evaluation> progress(long id) {
        return Optional.ofNullable(running.get(id)).map(Progress::toProto);
    }

    /** Stops working on an evaluation that has been ended. */
    void drop(long id) {
        Optional.ofNullable(running.get(id)).ifPresent(Progress::cancel);
    }

    /**
     * Keeps the leases of this process, and takes what nobody works on: after a restart that is what was left
     * unfinished.
     */
    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> lookAround() {
        return Multi.createFrom()
                .iterable(List.copyOf(running.entrySet()))
                .onItem()
                .transformToUniAndConcatenate(each -> desk.report(
                                each.getKey(), worker, each.getValue().toProto())
                        .invoke(mine -> {
                            if (!mine) {
                                each.getValue().cancel();
                            }
                        }))
                .onItem()
                .ignoreAsUni()
                .chain(desk::orphans)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(this::begin)
                .onItem()
                .ignoreAsUni()
                .onFailure(EvaluationWork::passes)
                .recoverWithUni(failure -> {
                    LOG.debugf("evaluations are looked for again once the database is back: %s", failure.getMessage());
                    return Uni.createFrom().voidItem();
                });
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        executor.shutdownNow();
        desk.release(worker)
                .ifNoItem()
                .after(LONGEST_GOODBYE)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.infof("evaluations wait for their leases to end: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
    }

    private Progress submit(long id) {
        var progress = new Progress();
        executor.submit(() -> run(id, progress));
        return progress;
    }

    private void run(long id, Progress progress) {
        try {
            patiently(progress, () -> examine(id, progress));
        } catch (CancellationException unwanted) {
            LOG.infof("evaluation %d is not worked on here any more: %s", id, unwanted.getMessage());
        } catch (RuntimeException failure) {
            // A process that goes down leaves its evaluations to the next one.
            if (!stopping) {
                LOG.errorf(failure, "evaluation %d failed", id);
                patiently(progress, () -> records.end(id, progress.status().fail(String.valueOf(failure.getMessage())))
                        .await()
                        .indefinitely());
            }
        } finally {
            running.remove(id);
        }
    }

    private void examine(long id, Progress progress) {
        EvaluationEntity evaluation = records.entity(id).await().indefinitely();
        Subject subject = subjects.read(evaluation.versionName()).await().indefinitely();
        var notebook =
                new Notebook(desk.findings(id).await().indefinitely(), (key, finding) -> desk.keep(id, key, finding));
        List<String> unknowable = Stream.concat(
                        evaluation.asked().getUnknowableQuestionsList().stream()
                                .filter(question -> !question.isBlank()),
                        QuestionSet.UNKNOWABLE.stream())
                .distinct()
                .toList();
        Measurements found = new Examination(subject, unknowable, config, probe, notebook, progress).run();
        GatePolicy policy = policies.judging(subject.version().model()).await().indefinitely();
        var verdict = Verdict.of(Gates.measure(policy, found), policy, Timestamps.now());
        progress.begin("judged");
        records.judge(
                        id,
                        new Judgement(
                                subject.version(),
                                subject.parent(),
                                found.facts().values(),
                                found.parentFacts().values(),
                                verdict),
                        progress.toProto())
                .await()
                .indefinitely();
    }

    /** Does the work, again whenever a neighbour that was away is back: the notebook holds what was done before. */
    private void patiently(Progress progress, Runnable work) {
        while (true) {
            try {
                progress.requireWanted();
                work.run();
                return;
            } catch (RuntimeException failure) {
                if (stopping || !passes(failure)) {
                    throw failure;
                }
                LOG.infof("an evaluation waits: %s", failure.getMessage());
                progress.await(String.valueOf(failure.getMessage()));
                awaitGenerator(progress);
                progress.resume();
            }
        }
    }

    private void awaitGenerator(Progress progress) {
        boolean present = false;
        while (!present) {
            progress.requireWanted();
            present = Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(config.pause())
                    .chain(probe::isPresent)
                    .await()
                    .indefinitely();
        }
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.kind() == Kind.UNAVAILABLE
                || PassingTrouble.is(failure);
    }
}
