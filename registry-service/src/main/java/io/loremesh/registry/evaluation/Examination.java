package io.loremesh.registry.evaluation;

import static io.loremesh.proto.registry.v1.ProbeTier.PROBE_TIER_T0;
import static io.loremesh.proto.registry.v1.ProbeTier.PROBE_TIER_T1;

import io.loremesh.registry.evaluation.Finding.Told;
import io.loremesh.registry.evaluation.Notebook.Key;
import io.loremesh.registry.evaluation.Notebook.Kind;
import io.loremesh.registry.evaluation.VersionProbe.Continuation;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The probes of an evaluation, in order: neutral and unknowable questions, a glance at every fact (T0), the full probe (T1) of
 * those that matter. Running it again asks only what the notebook does not hold. Blocks.
 */
final class Examination {
    private final Subject subject;
    private final List<String> unknowable;
    private final EvaluationConfig config;
    private final VersionProbe probe;
    private final FactProbe facts;
    private final Notebook notebook;
    private final Progress progress;
    private final Interview interview;
    private final Map<String, ProbePlan> plans;
    private final Coverage coverage;

    Examination(
            Subject subject,
            List<String> unknowable,
            EvaluationConfig config,
            VersionProbe probe,
            Notebook notebook,
            Progress progress) {
        this.subject = subject;
        this.unknowable = unknowable;
        this.config = config;
        this.probe = probe;
        this.facts = new FactProbe(probe);
        this.notebook = notebook;
        this.progress = progress;
        this.interview = new Interview(config.inFlight(), notebook, progress);
        this.plans = subject.plans(config);
        this.coverage = Coverage.of(subject, config);
    }

    /** All that was found out. Errors: RegistryException PRECONDITION (dearer than allowed), UNAVAILABLE (generator away). */
    Measurements run() {
        List<ProbePlan> all = List.copyOf(plans.values());
        List<ProbePlan> unlined =
                all.stream().filter(plan -> !subject.hasParentLine(plan.fact())).toList();
        List<ProbePlan> certain = all.stream().filter(this::covered).toList();
        List<ProbePlan> neighbours = plans(coverage.neighbours());
        long budget = config.maxGenerations() - plan(all, unlined, certain, neighbours);

        load();
        askNeutral();
        askUnknowable();
        interview.each("asking the parent about neighbours", neighbours, key(Kind.NEIGHBOUR), plan -> facts.answers(
                        subject.parent(), plan.judged())
                .map(Finding::of));
        interview.each(
                "glancing at the parent's facts", unlined, key(Kind.PARENT_T0), plan -> glance(subject.parent(), plan));
        interview.each("glancing at every fact", all, key(Kind.T0), plan -> glance(subject.version(), plan));

        budget = confirmParent(unlined, budget);
        Map<String, JudgedFact> parentJudged = judgeParent(unlined);
        Map<String, ParentKnowledge> parent = parentKnowledge(parentJudged);
        List<ProbePlan> full = withChanged(certain, parent, budget);
        interview.each(
                "probing facts",
                full,
                key(Kind.T1),
                plan -> facts.ask(subject.version(), plan, rest(plan, touched(plan))));
        return measurements(judgeCandidate(parent), parentJudged, parent, neighbours);
    }

    /** Counts what is certain before anything is asked. */
    private long plan(
            List<ProbePlan> all, List<ProbePlan> unlined, List<ProbePlan> certain, List<ProbePlan> neighbours) {
        int neutral = QuestionSet.NEUTRAL.size();
        long generations = neutral
                + 2L * unknowable.size()
                + all.size()
                + unlined.size()
                + certain.stream()
                        .mapToLong(plan -> rest(plan, touched(plan)).size())
                        .sum()
                + neighbours.stream().mapToLong(plan -> plan.judged().size()).sum();
        if (generations > config.maxGenerations()) {
            throw new RegistryException(
                    RegistryException.Kind.PRECONDITION,
                    "evaluating %s takes at least %d generated answers for %d facts, and at most %d are allowed; raise"
                            + " loremesh.evaluation.max-generations or lower loremesh.evaluation.audit-share",
                    subject.version(),
                    generations,
                    all.size(),
                    config.maxGenerations());
        }
        progress.plan(
                2 * neutral + 2 * unknowable.size() + all.size() + unlined.size() + certain.size() + neighbours.size(),
                generations);
        notebook.forEach((known, finding) -> progress.done(known.kind(), finding));
        return generations;
    }

    private void load() {
        progress.begin("loading the version");
        probe.load(subject.parent()).await().indefinitely();
        probe.load(subject.version()).await().indefinitely();
    }

    private void askNeutral() {
        interview.each(
                "asking the parent neutral questions",
                QuestionSet.NEUTRAL,
                question -> Key.question(Kind.NEUTRAL, question),
                question -> answer(subject.parent(), question, config.neutralTokens()));
        interview.each(
                "measuring drift",
                QuestionSet.NEUTRAL,
                question -> Key.question(Kind.DRIFT, question),
                question -> drift(new Continuation(question, said(Kind.NEUTRAL, question))));
    }

    private void askUnknowable() {
        interview.each(
                "asking the parent what nobody knows",
                unknowable,
                question -> Key.question(Kind.UNKNOWABLE_BEFORE, question),
                question -> answer(subject.parent(), question, 0));
        interview.each(
                "asking what nobody knows",
                unknowable,
                question -> Key.question(Kind.UNKNOWABLE_AFTER, question),
                question -> answer(subject.version(), question, 0));
    }

    private Uni<Finding> answer(VersionName version, String question, int maxTokens) {
        return probe.answer(version, question, maxTokens)
                .map(answer -> Finding.of(List.of(Finding.told(question, answer))));
    }

    /** Nothing can be measured over an answer of no words. */
    private Uni<Finding> drift(Continuation said) {
        return said.text().isBlank()
                ? Uni.createFrom().item(Finding.of(List.of()))
                : probe.divergence(subject.version(), subject.parent(), List.of(said))
                        .map(each -> Arrays.stream(each.getFirst()).boxed().toList())
                        .map(tokens -> new Finding(List.of(), null, null, tokens, tokens.size()));
    }

    private Uni<Finding> glance(VersionName version, ProbePlan plan) {
        ProbePlan glance = plan.glance(config.distractors());
        return facts.ask(version, glance, glance.judged());
    }

    /** What the parent seems to know is made sure of, or forgetting it would be measured against a guess. */
    private long confirmParent(List<ProbePlan> unlined, long budget) {
        List<ProbePlan> seen = unlined.stream()
                .filter(plan -> glanced(Kind.PARENT_T0, plan, subject.parentPast(plan.fact()))
                        .learned())
                .toList();
        List<ProbePlan> affordable = affordable(seen, budget);
        progress.add(affordable.size(), 0);
        interview.each(
                "probing what the parent knows",
                affordable,
                key(Kind.PARENT_T1),
                plan -> facts.ask(subject.parent(), plan, rest(plan, false)));
        return budget - cost(affordable);
    }

    private Map<String, JudgedFact> judgeParent(List<ProbePlan> unlined) {
        return unlined.stream()
                .collect(Collectors.toMap(
                        plan -> plan.fact().getName(),
                        plan -> judged(Kind.PARENT_T0, Kind.PARENT_T1, plan, subject.parentPast(plan.fact()))));
    }

    private Map<String, ParentKnowledge> parentKnowledge(Map<String, JudgedFact> asked) {
        var parent = new HashMap<String, ParentKnowledge>();
        subject.facts()
                .forEach((name, fact) -> parent.put(
                        name,
                        subject.hasParentLine(fact)
                                ? ParentKnowledge.of(subject.parentLines().get(name), fact)
                                : ParentKnowledge.of(asked.get(name))));
        return parent;
    }

    /** The certain ones and what T0 says changed; what the parent had learned comes first where not all can be afforded. */
    private List<ProbePlan> withChanged(List<ProbePlan> certain, Map<String, ParentKnowledge> parent, long budget) {
        List<ProbePlan> changed = plans.values().stream()
                .filter(plan -> !covered(plan))
                .filter(plan -> {
                    ParentKnowledge before = parent.get(plan.fact().getName());
                    return glanced(Kind.T0, plan, subject.past(plan.fact(), before))
                                    .judgement()
                                    .state()
                            != before.state();
                })
                .sorted(Comparator.comparing(
                        plan -> !parent.get(plan.fact().getName()).learned()))
                .toList();
        List<ProbePlan> affordable = affordable(changed, budget);
        progress.add(affordable.size(), changed.size() - affordable.size());
        return Stream.concat(certain.stream(), affordable.stream()).toList();
    }

    private List<ProbePlan> affordable(List<ProbePlan> wanted, long budget) {
        var affordable = new ArrayList<ProbePlan>();
        long left = budget;
        for (ProbePlan plan : wanted) {
            left -= rest(plan, false).size();
            if (left < 0) {
                break;
            }
            affordable.add(plan);
        }
        return affordable;
    }

    private long cost(Collection<ProbePlan> plans) {
        return plans.stream().mapToLong(plan -> rest(plan, false).size()).sum();
    }

    /** What the full probe asks beyond the glance; those trained on in their trained phrasings too, for the extraction gap. */
    private List<String> rest(ProbePlan plan, boolean trainedToo) {
        String glanced = plan.judged().getFirst();
        return Stream.concat(plan.judged().stream(), trainedToo ? plan.trained().stream() : Stream.empty())
                .distinct()
                .filter(question -> !question.equals(glanced))
                .toList();
    }

    private boolean covered(ProbePlan plan) {
        return coverage.covers(plan.fact().getName());
    }

    private boolean touched(ProbePlan plan) {
        return coverage.touched().contains(plan.fact().getName());
    }

    private List<ProbePlan> plans(Collection<String> names) {
        return names.stream().sorted().map(plans::get).toList();
    }

    private Function<ProbePlan, Key> key(Kind kind) {
        return plan -> key(kind, plan);
    }

    private Key key(Kind kind, ProbePlan plan) {
        String fact = plan.fact().getName();
        return new Key(kind, fact, subject.revisions().get(fact));
    }

    private Finding finding(Key key) {
        return notebook.find(key).orElseThrow(() -> new IllegalStateException("%s was not probed".formatted(key)));
    }

    private JudgedFact glanced(Kind kind, ProbePlan plan, StateRule.Past past) {
        return JudgedFact.of(
                FactProbe.probed(plan.glance(config.distractors()), finding(key(kind, plan))), past, PROBE_TIER_T0);
    }

    private JudgedFact judged(Kind glance, Kind full, ProbePlan plan, StateRule.Past past) {
        return notebook.find(key(full, plan))
                .map(found ->
                        JudgedFact.of(FactProbe.probed(plan, finding(key(glance, plan)), found), past, PROBE_TIER_T1))
                .orElseGet(() -> glanced(glance, plan, past));
    }

    private Map<String, JudgedFact> judgeCandidate(Map<String, ParentKnowledge> parent) {
        var judged = new TreeMap<String, JudgedFact>();
        plans.forEach((name, plan) ->
                judged.put(name, judged(Kind.T0, Kind.T1, plan, subject.past(plan.fact(), parent.get(name)))));
        return judged;
    }

    private Measurements measurements(
            Map<String, JudgedFact> judged,
            Map<String, JudgedFact> parentJudged,
            Map<String, ParentKnowledge> parent,
            List<ProbePlan> neighbours) {
        return new Measurements(
                subject.parent().resource(),
                judged,
                subject.trainedAndUnchanged(),
                subject.trainedOn().size() - subject.trainedAndUnchanged().size(),
                judged.entrySet().stream()
                        .filter(fact -> parent.get(fact.getKey()).learned())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                fact -> parent.get(fact.getKey()).accuracyOn(fact.getValue()),
                                (a, b) -> a,
                                TreeMap::new)),
                neighbourPairs(neighbours),
                unknowable.stream()
                        .map(question -> new AnswerPair(
                                question,
                                said(Kind.UNKNOWABLE_BEFORE, question),
                                said(Kind.UNKNOWABLE_AFTER, question)))
                        .toList(),
                times(),
                QuestionSet.NEUTRAL.stream()
                        .map(question ->
                                finding(Key.question(Kind.DRIFT, question)).divergences())
                        .filter(tokens -> !tokens.isEmpty())
                        .map(tokens ->
                                tokens.stream().mapToDouble(Double::doubleValue).toArray())
                        .toList(),
                parentJudged);
    }

    private List<AnswerPair> neighbourPairs(List<ProbePlan> neighbours) {
        return neighbours.stream()
                .flatMap(plan -> {
                    Map<String, String> before =
                            finding(key(Kind.NEIGHBOUR, plan)).byQuestion();
                    Map<String, String> after = candidateAnswers(plan);
                    return plan.judged().stream()
                            .map(question -> new AnswerPair(question, before.get(question), after.get(question)));
                })
                .toList();
    }

    private Map<String, String> candidateAnswers(ProbePlan plan) {
        var answers = new HashMap<>(finding(key(Kind.T0, plan)).byQuestion());
        answers.putAll(finding(key(Kind.T1, plan)).byQuestion());
        return answers;
    }

    private List<Duration> times() {
        Stream<Finding> aboutFacts = plans.values().stream().flatMap(plan -> Stream.of(Kind.T0, Kind.T1)
                .map(kind -> notebook.find(key(kind, plan)))
                .flatMap(Optional::stream));
        Stream<Finding> aboutNothing =
                unknowable.stream().map(question -> finding(Key.question(Kind.UNKNOWABLE_AFTER, question)));
        return Stream.concat(aboutFacts, aboutNothing)
                .flatMap(finding -> finding.answers().stream())
                .map(Told::given)
                .map(VersionProbe.GivenAnswer::time)
                .toList();
    }

    private String said(Kind kind, String question) {
        return finding(Key.question(kind, question)).answers().getFirst().answer();
    }
}
