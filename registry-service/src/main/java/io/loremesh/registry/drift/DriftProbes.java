package io.loremesh.registry.drift;

import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_LIVE_CHANGE;
import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_LIVE_DIVERGENCE;
import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_PROBE_CHANGE;
import static io.loremesh.proto.registry.v1.DriftKind.DRIFT_KIND_PROBE_DIVERGENCE;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.loremesh.registry.drift.DriftDesk.LiveAnswer;
import io.loremesh.registry.drift.Figure.Replay;
import io.loremesh.registry.evaluation.EvaluationConfig;
import io.loremesh.registry.evaluation.QuestionSet;
import io.loremesh.registry.evaluation.VersionProbe;
import io.loremesh.registry.evaluation.VersionProbe.Continuation;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the serving engine. Nothing that is asked here is recorded as an answer given, so no measurement measures
 * itself. A question that the engine cannot take is left out: one that a user made too long for the context must not
 * blind the monitor. Errors: UNAVAILABLE where the engine is away.
 */
@ApplicationScoped
class DriftProbes {
    /** The engine's default number of tokens. */
    private static final int AS_USERS_GET = 0;

    private final VersionProbe probe;
    private final DriftDesk desk;
    private final DriftConfig config;
    private final int neutralTokens;

    DriftProbes(VersionProbe probe, DriftDesk desk, DriftConfig config, EvaluationConfig evaluation) {
        this.probe = probe;
        this.desk = desk;
        this.config = config;
        // What the drift gate measures over: one figure, at the gate and afterwards.
        this.neutralTokens = evaluation.neutralTokens();
    }

    /** Makes sure that the engine is there and holds both versions. */
    Uni<Void> prepare(Subject subject) {
        return probe.isPresent()
                .invoke(present -> {
                    if (!present) {
                        throw new RegistryException(
                                Kind.UNAVAILABLE, "the generator is away; start it, and the series goes on");
                    }
                })
                .chain(() -> probe.load(subject.parent()))
                .chain(() -> probe.load(subject.version()));
    }

    Uni<Baseline> takeBaseline(Subject subject) {
        List<String> fixed = Stream.concat(QuestionSet.NEUTRAL.stream(), subject.learned().stream())
                .distinct()
                .toList();
        return answers(subject.parent(), QuestionSet.NEUTRAL, neutralTokens)
                .chain(words -> answers(subject.version(), fixed, AS_USERS_GET)
                        .chain(answers -> divergences(subject, words)
                                .map(Figure::mean)
                                .map(mean -> subject.judged().orElse(mean))
                                .map(mean -> new Baseline(words, answers, mean.isNaN() ? null : mean, null))));
    }

    Uni<List<Figure>> measure(Subject subject, Baseline baseline) {
        return Multi.createBy()
                .concatenating()
                .streams(
                        divergences(subject, baseline.parentWords())
                                .map(each -> Figure.divergence(
                                        DRIFT_KIND_PROBE_DIVERGENCE, each, baseline.divergenceOrZero()))
                                .toMulti(),
                        replays(subject.version(), baseline.answers())
                                .map(each -> Figure.change(DRIFT_KIND_PROBE_CHANGE, each))
                                .toMulti(),
                        desk.askedOtherwise(subject.version().model())
                                .map(live -> live.stream()
                                        .map(LiveAnswer::question)
                                        .distinct()
                                        .toList())
                                .chain(questions -> answers(subject.parent(), questions, neutralTokens))
                                .chain(words -> divergences(subject, words))
                                .map(each -> Figure.divergence(
                                        DRIFT_KIND_LIVE_DIVERGENCE,
                                        each,
                                        baseline.liveDivergence() == null
                                                ? Figure.mean(each)
                                                : baseline.liveDivergence()))
                                .toMulti(),
                        desk.answeredByWeights(subject.version())
                                .map(live -> live.stream()
                                        .collect(Collectors.toMap(LiveAnswer::question, LiveAnswer::answer)))
                                .chain(given -> replays(subject.version(), given))
                                .map(each -> Figure.change(DRIFT_KIND_LIVE_CHANGE, each))
                                .toMulti())
                .collect()
                .asList()
                .map(figures -> figures.stream().flatMap(Optional::stream).toList());
    }

    private Uni<Map<String, String>> answers(VersionName version, Collection<String> questions, int maxTokens) {
        return each(questions, question -> probe.answer(version, question, maxTokens)
                        .map(answer -> Map.entry(question, answer.text())))
                .map(said -> said.stream().collect(Collectors.toMap(Entry::getKey, Entry::getValue)));
    }

    private Uni<List<Replay>> replays(VersionName version, Map<String, String> then) {
        return answers(version, then.keySet(), AS_USERS_GET).map(now -> now.entrySet().stream()
                .map(said -> new Replay(then.get(said.getKey()), said.getValue()))
                .toList());
    }

    /** Nothing can be measured over an answer of no words. */
    private Uni<List<double[]>> divergences(Subject subject, Map<String, String> words) {
        List<Continuation> said = words.entrySet().stream()
                .filter(each -> !each.getValue().isBlank())
                .map(each -> new Continuation(each.getKey(), each.getValue()))
                .toList();
        return each(said, each -> probe.divergence(subject.version(), subject.parent(), List.of(each))
                .map(List::getFirst));
    }

    /** The answers that there are, in no order. */
    private <I, O> Uni<List<O>> each(Collection<I> items, Function<I, Uni<O>> ask) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUni(
                        item -> ask.apply(item).onFailure(DriftProbes::isUnfit).recoverWithNull())
                .merge(config.inFlight())
                .collect()
                .asList();
    }

    private static boolean isUnfit(Throwable failure) {
        return failure instanceof StatusRuntimeException refusal
                && refusal.getStatus().getCode() == Status.Code.INVALID_ARGUMENT;
    }
}
