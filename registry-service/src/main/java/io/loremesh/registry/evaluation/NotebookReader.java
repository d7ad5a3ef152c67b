package io.loremesh.registry.evaluation;

import static io.loremesh.proto.registry.v1.ProbeTier.PROBE_TIER_T0;
import static io.loremesh.proto.registry.v1.ProbeTier.PROBE_TIER_T1;

import io.loremesh.registry.evaluation.Finding.Told;
import io.loremesh.registry.evaluation.Notebook.Key;
import io.loremesh.registry.evaluation.Notebook.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the findings of an {@link Examination} amount to. It asks nothing: what it reads must have been probed. */
final class NotebookReader {
    private final Notebook notebook;
    private final Subject subject;
    private final Map<String, ProbePlan> plans;
    private final int distractors;

    /**
     * @param plans the full probe of every fact, by name
     * @param distractors wrong answers that a glance weighs, at most
     */
    NotebookReader(Notebook notebook, Subject subject, Map<String, ProbePlan> plans, int distractors) {
        this.notebook = notebook;
        this.subject = subject;
        this.plans = plans;
        this.distractors = distractors;
    }

    /** Under which a probe of a fact is written. */
    Key key(Kind kind, ProbePlan plan) {
        String fact = plan.fact().getName();
        return new Key(kind, fact, subject.revisions().get(fact));
    }

    /** The answer to a question of the registry's own. */
    String said(Kind kind, String question) {
        return finding(Key.question(kind, question)).answers().getFirst().answer();
    }

    JudgedFact parentGlance(ProbePlan plan) {
        return glanced(Kind.PARENT_T0, plan, subject.parentPast(plan.fact()));
    }

    JudgedFact glance(ProbePlan plan, ParentKnowledge before) {
        return glanced(Kind.T0, plan, subject.past(plan.fact(), before));
    }

    /** What the parent knows of facts that its ledger has no line of. */
    Map<String, JudgedFact> judgeParent(List<ProbePlan> unlined) {
        return unlined.stream()
                .collect(Collectors.toMap(
                        plan -> plan.fact().getName(),
                        plan -> judged(Kind.PARENT_T0, Kind.PARENT_T1, plan, subject.parentPast(plan.fact()))));
    }

    /** What the parent knows of every fact: by its ledger, else as it was asked. */
    Map<String, ParentKnowledge> parentKnowledge(Map<String, JudgedFact> asked) {
        var parent = new HashMap<String, ParentKnowledge>();
        subject.facts()
                .forEach((name, fact) -> parent.put(
                        name,
                        subject.hasParentLine(fact)
                                ? ParentKnowledge.of(subject.parentLines().get(name), fact)
                                : ParentKnowledge.of(asked.get(name))));
        return parent;
    }

    /**
     * All of it, once everything was asked.
     *
     * @param neighbours plans of the facts that were to stay unmoved
     */
    Measurements measurements(
            Map<String, JudgedFact> parentJudged,
            Map<String, ParentKnowledge> parent,
            List<ProbePlan> neighbours,
            List<String> unknowable) {
        Map<String, JudgedFact> judged = judgeCandidate(parent);
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
                times(unknowable),
                QuestionSet.NEUTRAL.stream()
                        .map(question ->
                                finding(Key.question(Kind.DRIFT, question)).divergences())
                        .filter(tokens -> !tokens.isEmpty())
                        .map(tokens ->
                                tokens.stream().mapToDouble(Double::doubleValue).toArray())
                        .toList(),
                parentJudged);
    }

    private Finding finding(Key key) {
        return notebook.find(key).orElseThrow(() -> new IllegalStateException("%s was not probed".formatted(key)));
    }

    private JudgedFact glanced(Kind kind, ProbePlan plan, StateRule.Past past) {
        return JudgedFact.of(FactProbe.probed(plan.glance(distractors), finding(key(kind, plan))), past, PROBE_TIER_T0);
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

    private List<Duration> times(List<String> unknowable) {
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
}
