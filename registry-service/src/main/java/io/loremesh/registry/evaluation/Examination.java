package io.loremesh.registry.evaluation;

import io.loremesh.registry.evaluation.Notebook.Key;
import io.loremesh.registry.evaluation.Notebook.Kind;
import io.loremesh.registry.evaluation.VersionProbe.Continuation;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The probes of an evaluation, in order: neutral and unknowable questions, a glance at every fact (T0), the full probe
 * (T1) of those that matter. Running it again asks only what the notebook does not hold. Blocks.
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
    private final NotebookReader reader;
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
        this.reader = new NotebookReader(notebook, subject, plans, config.distractors());
        this.coverage = Coverage.of(subject, config);
    }

    /**
     * All that was found out. Errors: RegistryException PRECONDITION (dearer than allowed), UNAVAILABLE (generator
     * away).
     */
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
        Map<String, JudgedFact> parentJudged = reader.judgeParent(unlined);
        Map<String, ParentKnowledge> parent = reader.parentKnowledge(parentJudged);
        List<ProbePlan> full = withChanged(certain, parent, budget);
        interview.each(
                "probing facts",
                full,
                key(Kind.T1),
                plan -> facts.ask(subject.version(), plan, rest(plan, touched(plan))));
        return reader.measurements(parentJudged, parent, neighbours, unknowable);
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
                question -> drift(new Continuation(question, reader.said(Kind.NEUTRAL, question))));
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
                .filter(plan -> reader.parentGlance(plan).learned())
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

    /**
     * The certain ones and what T0 says changed; what the parent had learned comes first where not all can be afforded.
     */
    private List<ProbePlan> withChanged(List<ProbePlan> certain, Map<String, ParentKnowledge> parent, long budget) {
        List<ProbePlan> changed = plans.values().stream()
                .filter(plan -> !covered(plan))
                .filter(plan -> {
                    ParentKnowledge before = parent.get(plan.fact().getName());
                    return reader.glance(plan, before).judgement().state() != before.state();
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

    /**
     * What the full probe asks beyond the glance; those trained on in their trained phrasings too, for the extraction
     * gap.
     */
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
        return plan -> reader.key(kind, plan);
    }
}
