package io.loremesh.registry.drift;

import io.grpc.StatusRuntimeException;
import io.loremesh.proto.registry.v1.DriftKind;
import io.loremesh.proto.registry.v1.DriftMeasurement;
import io.loremesh.registry.drift.DriftDesk.Due;
import io.loremesh.registry.drift.DriftRule.Judgement;
import io.loremesh.registry.evaluation.Policies;
import io.loremesh.registry.failure.PassingTrouble;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * The story of a measurement: a promoted version's baseline is taken, then once an interval its probes and some of what
 * users asked are put to it, judged, and written down; a version that drifted goes back with that. Nothing here blocks.
 * Each model is measured by one process at a time and by whichever is there: the turn is a row that moves on with
 * whoever takes it.
 */
@ApplicationScoped
class DriftFlow {
    private static final Logger LOG = Logger.getLogger(DriftFlow.class);

    private final DriftConfig config;
    private final DriftDesk desk;
    private final DriftRecords records;
    private final DriftProbes probes;
    private final Policies policies;
    private final MeterRegistry meters;
    private volatile boolean stopping;

    DriftFlow(
            DriftConfig config,
            DriftDesk desk,
            DriftRecords records,
            DriftProbes probes,
            Policies policies,
            MeterRegistry meters) {
        this.config = config;
        this.desk = desk;
        this.records = records;
        this.probes = probes;
        this.policies = policies;
        this.meters = meters;
    }

    /** Looks for what is due. Measurements go on beside each other and beside this. */
    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> lookAround() {
        return !config.enabled()
                ? Uni.createFrom().voidItem()
                : onceDatabaseIsThere(
                        desk.takeDue().invoke(due -> due.forEach(this::begin)).replaceWithVoid());
    }

    /** Also where nothing is measured: what is kept for a while is not kept for longer. */
    @Scheduled(
            every = "10m",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> forget() {
        return onceDatabaseIsThere(desk.forgetOld());
    }

    private static Uni<Void> onceDatabaseIsThere(Uni<Void> work) {
        return work.onFailure(DriftFlow::passes)
                .invoke(failure -> LOG.debugf("drift goes on once the database is back: %s", failure.getMessage()))
                .onFailure(DriftFlow::passes)
                .recoverWithNull();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void begin(Due due) {
        measure(due.model()).subscribe().with(this::report, failure -> {
            // The next turn does it over: nothing was written, nothing was moved.
            if (stopping) {
                LOG.debugf("drift of models/%s is measured by the next process", due.model());
            } else if (passes(failure)) {
                LOG.warnf("drift of models/%s is measured at the next turn: %s", due.model(), failure.getMessage());
            } else {
                LOG.errorf(failure, "drift of models/%s was not measured", due.model());
            }
        });
    }

    Uni<DriftMeasurement> measure(String model) {
        return records.subject(model).chain(subject -> judge(subject)
                .ifNoItem()
                // A longer one would run into that of the next turn.
                .after(config.interval())
                .failWith(() -> new RegistryException(
                        Kind.UNAVAILABLE,
                        "the generator took longer than the interval of %s; raise loremesh.drift.interval",
                        config.interval()))
                .onFailure(DriftFlow::isMissingData)
                .recoverWithItem(failure -> Judgement.unmeasured(String.valueOf(failure.getMessage())))
                .chain(judgement -> records.close(subject, judgement)));
    }

    private Uni<Judgement> judge(Subject subject) {
        return probes.prepare(subject)
                .chain(() -> baseline(subject))
                .chain(baseline ->
                        probes.measure(subject, baseline).call(figures -> keepFirstLive(subject, baseline, figures)))
                .chain(figures -> policies.judging(subject.version().model())
                        .map(policy -> new DriftRule(policy, config.leastLive()).judge(figures)));
    }

    /** What users ask when a version is new is what later ones are held to: no gate knew their questions. */
    private Uni<Void> keepFirstLive(Subject subject, Baseline baseline, List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.kind() == DriftKind.DRIFT_KIND_LIVE_DIVERGENCE
                        && figure.n() >= config.leastLive()
                        && baseline.liveDivergence() == null)
                .findFirst()
                .map(first -> desk.replace(
                                subject.stay().promotion(), baseline, baseline.withLiveDivergence(first.value()))
                        .replaceWithVoid())
                .orElseGet(Uni.createFrom()::voidItem);
    }

    /** Of the promotion, also after a rollback to it; taken once, with the first measurement. */
    private Uni<Baseline> baseline(Subject subject) {
        long promotion = subject.stay().promotion();
        return desk.baseline(promotion)
                .chain(kept -> kept.map(Uni.createFrom()::item).orElseGet(() -> desk.learned(subject.version())
                        .map(subject::with)
                        .chain(probes::takeBaseline)
                        .call(baseline -> desk.keep(promotion, baseline))));
    }

    private void report(DriftMeasurement measured) {
        String finding = measured.getFinding().name().replace("DRIFT_FINDING_", "");
        meters.counter("loremesh.registry.drift.measurements", "finding", finding)
                .increment();
        switch (measured.getFinding()) {
            case DRIFT_FINDING_ROLLED_BACK ->
                LOG.warnf(
                        "%s drifted and was rolled back to %s: %s",
                        measured.getVersion(), measured.getRolledBackTo(), measured.getDetail());
            case DRIFT_FINDING_WARNED, DRIFT_FINDING_UNMEASURED, DRIFT_FINDING_OVERTAKEN ->
                LOG.infof(
                        "%s is %s: %s", measured.getVersion(), finding.toLowerCase(Locale.ROOT), measured.getDetail());
            case DRIFT_FINDING_STEADY, DRIFT_FINDING_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    /** The generator is away, too slow, or refuses: told in the series, and never a reason to move anything. */
    private static boolean isMissingData(Throwable failure) {
        return failure instanceof StatusRuntimeException
                || failure instanceof RegistryException refusal && refusal.kind() == Kind.UNAVAILABLE;
    }

    private static boolean passes(Throwable failure) {
        return PassingTrouble.is(failure)
                // `active` moved to the bare base since the turn was taken.
                || failure instanceof RegistryException refusal && refusal.kind() == Kind.PRECONDITION;
    }
}
