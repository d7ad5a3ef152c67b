package io.loremesh.registry.evaluation;

import io.grpc.Context;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.EvaluateVersionRequest;
import io.loremesh.proto.registry.v1.EvaluateVersionResponse;
import io.loremesh.proto.registry.v1.EvaluationProgress;
import io.loremesh.registry.evaluation.VersionProbe.Continuation;
import io.loremesh.registry.evaluation.VersionProbe.GivenAnswer;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The story of an evaluation: ask the parent what it says, ask the candidate, compare, write the ledger and the verdict. Probes
 * generate from the bare question through the serving engine, greedily; nothing is teacher-forced but margins and drift.
 */
@ApplicationScoped
public class EvaluationFlow {
    private static final int AT_A_TIME = 2;

    private final VersionProbe probe;
    private final EvaluationConfig config;
    private final EvaluationRecords records;
    private final Versions versions;
    private final Policies policies;
    private final ExecutorService executor = Executors.newFixedThreadPool(
            AT_A_TIME, Thread.ofPlatform().name("evaluation-", 0).daemon().factory());

    EvaluationFlow(
            VersionProbe probe,
            EvaluationConfig config,
            EvaluationRecords records,
            Versions versions,
            Policies policies) {
        this.probe = probe;
        this.config = config;
        this.records = records;
        this.versions = versions;
        this.policies = policies;
    }

    /** Progress, then the judged version. A cancelled call ends the evaluation, and nothing is written. */
    public Multi<EvaluateVersionResponse> evaluate(EvaluateVersionRequest request) {
        VersionRef version = VersionRef.parse(request.getVersion());
        return Multi.createFrom()
                .<EvaluateVersionResponse>emitter(stream -> {
                    evaluate(version, request.getUnknowableQuestionsList(), stream);
                    stream.complete();
                })
                // The call's context goes along: the audit log names its trace.
                .runSubscriptionOn(Context.currentContextExecutor(executor));
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }

    private void evaluate(
            VersionRef ref, List<String> unknowable, MultiEmitter<? super EvaluateVersionResponse> stream) {
        Subject subject = records.subject(ref).await().indefinitely();
        var interview =
                new Interview(probe, config.inFlight(), (stage, done, total) -> report(stream, stage, done, total));
        Measurements found = measure(subject, unknowable, interview);
        GatePolicy policy = policies.judging(subject.version().model()).await().indefinitely();
        var verdict = Verdict.of(Gates.measure(policy, found), policy, Timestamps.now());
        records.write(subject.version(), found.facts().values(), verdict)
                .await()
                .indefinitely();
        stream.emit(EvaluateVersionResponse.newBuilder()
                .setVersion(versions.get(subject.version().resource()).await().indefinitely())
                .build());
    }

    private Measurements measure(Subject subject, List<String> asked, Interview interview) {
        VersionName candidate = subject.version();
        VersionName parent = subject.parent();
        interview.load("loading the version", parent, candidate);

        List<String> unknowable = Stream.concat(
                        asked.stream().filter(question -> !question.isBlank()), QuestionSet.UNKNOWABLE.stream())
                .distinct()
                .toList();
        List<ProbePlan> plans = subject.plans(config);
        List<String> neighbourQuestions = neighbourQuestions(subject, plans);

        Map<String, GivenAnswer> neutral = interview.ask(
                "asking the parent neutral questions", parent, QuestionSet.NEUTRAL.stream(), config.neutralTokens());
        Map<String, GivenAnswer> before = interview.ask(
                "asking the parent", parent, Stream.concat(unknowable.stream(), neighbourQuestions.stream()), 0);
        Map<String, GivenAnswer> after = interview.ask(
                "probing facts",
                candidate,
                Stream.of(questions(subject, plans), neighbourQuestions.stream(), unknowable.stream())
                        .flatMap(Function.identity()),
                0);
        var weighing = new MarginProbe(probe);
        Map<String, MarginProbe.Margins> margins =
                interview.each("weighing answers", plans, plan -> weighing.weigh(candidate, plan)).stream()
                        .collect(Collectors.toMap(MarginProbe.Margins::fact, Function.identity()));
        List<Duration> times = after.values().stream().map(GivenAnswer::time).toList();
        return new Measurements(
                parent.resource(),
                judge(subject, plans, after, margins),
                subject.trainedAndUnchanged(),
                subject.trainedOn().size() - subject.trainedAndUnchanged().size(),
                subject.parentAccuracy(),
                pairs(neighbourQuestions, before, after),
                pairs(unknowable, before, after),
                times,
                divergences(candidate, parent, neutral, interview));
    }

    /** All facts on the phrasings that decide; those trained on in their trained phrasings too, for the extraction gap. */
    private static Stream<String> questions(Subject subject, List<ProbePlan> plans) {
        return plans.stream()
                .flatMap(plan -> subject.trainedOn().contains(plan.fact().getName())
                        ? Stream.concat(plan.heldout().stream(), plan.trained().stream())
                        : plan.judged().stream());
    }

    private static List<String> neighbourQuestions(Subject subject, List<ProbePlan> plans) {
        var neighbours = subject.neighbours().stream().map(Fact::getName).collect(Collectors.toSet());
        return plans.stream()
                .filter(plan -> neighbours.contains(plan.fact().getName()))
                .flatMap(plan -> plan.judged().stream())
                .distinct()
                .toList();
    }

    private static Map<String, JudgedFact> judge(
            Subject subject,
            List<ProbePlan> plans,
            Map<String, GivenAnswer> given,
            Map<String, MarginProbe.Margins> margins) {
        Map<String, String> answers = given.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, answer -> answer.getValue().text()));
        var judged = new TreeMap<String, JudgedFact>();
        for (ProbePlan plan : plans) {
            MarginProbe.Margins weighed = margins.get(plan.fact().getName());
            var probed = ProbedFact.of(plan, answers, weighed.margin(), weighed.oldLead());
            var judgement = StateRule.judge(probed, subject.past(plan.fact()));
            judged.put(plan.fact().getName(), new JudgedFact(probed, judgement));
        }
        return judged;
    }

    private static List<AnswerPair> pairs(
            List<String> questions, Map<String, GivenAnswer> before, Map<String, GivenAnswer> after) {
        return questions.stream()
                .map(question -> new AnswerPair(
                        question,
                        before.get(question).text(),
                        after.get(question).text()))
                .toList();
    }

    private List<double[]> divergences(
            VersionName candidate, VersionName parent, Map<String, GivenAnswer> neutral, Interview interview) {
        List<Continuation> said = neutral.entrySet().stream()
                .filter(answer -> !answer.getValue().text().isBlank())
                .map(answer ->
                        new Continuation(answer.getKey(), answer.getValue().text()))
                .toList();
        return interview
                .each("measuring drift", said, each -> probe.divergence(candidate, parent, List.of(each)))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static void report(
            MultiEmitter<? super EvaluateVersionResponse> stream, String stage, int done, int total) {
        if (stream.isCancelled()) {
            throw new CancellationException("nobody waits for this evaluation any more");
        }
        stream.emit(EvaluateVersionResponse.newBuilder()
                .setProgress(EvaluationProgress.newBuilder()
                        .setStage(stage)
                        .setDone(done)
                        .setTotal(total))
                .build());
    }
}
