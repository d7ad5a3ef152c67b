package io.loremesh.registry.trial;

import io.loremesh.proto.registry.v1.CancelTrialRequest;
import io.loremesh.proto.registry.v1.CreateTrialRequest;
import io.loremesh.proto.registry.v1.GetTrialRequest;
import io.loremesh.proto.registry.v1.ListTrialsRequest;
import io.loremesh.proto.registry.v1.ListTrialsResponse;
import io.loremesh.proto.registry.v1.Trial;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.evaluation.Policies;
import io.loremesh.registry.evaluation.PolicyFile;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.resource.Page;
import io.loremesh.registry.trial.TrialRecords.UnderWay;
import io.loremesh.registry.version.VersionRef;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * The story of a trial: `canary` points to the version, generators hear of it as they hear of `active`, their answers
 * are counted ({@link TrialAnswers}), and each second the figures are looked at ({@link TrialRule}) until they decide.
 * All of it is in the database: a trial goes on with whichever process of the registry is there. Nothing here blocks.
 */
@ApplicationScoped
public class TrialFlow {
    private static final Logger LOG = Logger.getLogger(TrialFlow.class);
    private static final int DEFAULT_PAGE = 50;

    private final TrialRecords records;
    private final TrialAnswers answers;
    private final Policies policies;

    TrialFlow(TrialRecords records, TrialAnswers answers, Policies policies) {
        this.records = records;
        this.answers = answers;
        this.policies = policies;
    }

    public Uni<Trial> create(CreateTrialRequest request) {
        return records.begin(TrialOrder.of(request, CallTrace.current()))
                .chain(begun -> records.find(begun.move))
                .chain(this::show);
    }

    public Uni<Trial> get(GetTrialRequest request) {
        return records.require(TrialName.parse(request.getName())).chain(this::show);
    }

    public Uni<ListTrialsResponse> list(ListTrialsRequest request) {
        String model = VersionRef.model(request.getParent());
        Page page = Page.of(request.getPageSize(), DEFAULT_PAGE, request.getPageToken());
        return records.list(model, page.afterNumber().orElse(Long.MAX_VALUE), page.size())
                .chain(read -> {
                    var slice = page.cut(read, trial -> trial.move);
                    return Multi.createFrom()
                            .iterable(slice.rows())
                            .onItem()
                            .transformToUniAndConcatenate(trial -> trial.ended()
                                    .map(ended -> Uni.createFrom().item(ended))
                                    .orElseGet(() -> records.find(trial.move).chain(this::show)))
                            .collect()
                            .asList()
                            .map(trials -> ListTrialsResponse.newBuilder()
                                    .addAllTrials(trials)
                                    .setNextPageToken(slice.nextToken())
                                    .build());
                });
    }

    public Uni<Trial> cancel(CancelTrialRequest request) {
        String trace = CallTrace.current();
        String why = "cancelled" + (request.getReason().isEmpty() ? "" : ": " + request.getReason());
        return records.require(TrialName.parse(request.getName())).chain(found -> found.trial()
                .ended()
                .map(ended -> Uni.createFrom().item(ended))
                .orElseGet(() -> measure(found)
                        .map(measured -> measured.with(
                                new Judgement.Undecided(measured.judgement().figures(), why)))
                        .chain(measured -> records.close(measured, request.getActor(), trace))));
    }

    /** Looks at every trial that is under way. Another process may do the same: a trial ends once. */
    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> lookAround() {
        return onceDatabaseIsThere(records.underWay().chain(trials -> Multi.createFrom()
                .iterable(trials)
                .onItem()
                .transformToUniAndConcatenate(this::look)
                .collect()
                .last()
                .replaceWithVoid()));
    }

    @Scheduled(
            every = "1m",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> forget() {
        return onceDatabaseIsThere(answers.forgetEnded());
    }

    private Uni<Void> look(long move) {
        return records.find(move).chain(found -> records.isOver(found).chain(over -> measure(found)
                .chain(measured -> measured.judgement() instanceof Judgement.Open && !over
                        ? Uni.createFrom().voidItem()
                        : records.close(measured, TrialRecords.ACTOR, "")
                                .invoke(TrialFlow::report)
                                .replaceWithVoid())));
    }

    /** As it ended, or as it stands: what the figures say now is decided with the next look. */
    private Uni<Trial> show(UnderWay found) {
        return found.trial().ended().map(ended -> Uni.createFrom().item(ended)).orElseGet(() -> measure(found)
                .map(measured ->
                        measured.with(new Judgement.Open(measured.judgement().figures())))
                .map(measured -> measured.toProto().build()));
    }

    private Uni<Measured> measure(UnderWay found) {
        long move = found.begun().sequence;
        return policies.holding(found.trial().model).map(PolicyFile::trial).chain(limits -> answers.tally(move, false)
                .chain(against -> answers.tally(move, true)
                        .map(version -> new Measured(
                                found.trial(),
                                found.begun(),
                                against,
                                version,
                                limits.least(),
                                new TrialRule(limits).judge(against, version, found.due())))));
    }

    private static void report(Trial ended) {
        switch (ended.getState()) {
            case TRIAL_STATE_PROMOTED ->
                LOG.infof("%s was promoted by its trial: %s", ended.getVersion(), ended.getDetail());
            case TRIAL_STATE_WITHDRAWN ->
                LOG.warnf("%s was withdrawn from its trial: %s", ended.getVersion(), ended.getDetail());
            case TRIAL_STATE_UNDECIDED ->
                LOG.infof("the trial of %s ended undecided: %s", ended.getVersion(), ended.getDetail());
            case TRIAL_STATE_RUNNING, TRIAL_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    private static Uni<Void> onceDatabaseIsThere(Uni<Void> work) {
        return work.onFailure(TrialFlow::passes)
                .invoke(failure -> LOG.debugf("trials go on once the database is back: %s", failure.getMessage()))
                .onFailure(TrialFlow::passes)
                .recoverWithNull();
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof ClosedConnectionException || PassingTrouble.is(failure);
    }
}
