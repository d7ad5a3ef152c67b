package io.loremesh.registry.evaluation;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.registry.ledger.Answers;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.version.VersionName;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the registry knows of a candidate before it asks.
 *
 * @param seed digest of its adapter: whatever is drawn by lot is drawn by it
 * @param facts current ones, by name
 * @param revisions of the facts, by name
 * @param trainedOn names of the facts that it was trained on, as registered
 * @param unchanged names of the facts that say what they said when it was registered
 * @param oldAnswers what earlier revisions accepted, by fact
 * @param own its lines of an earlier evaluation, by fact
 * @param parentLines lines of the parent, by fact
 * @param learnedByAncestors names of facts that some ancestor has learned
 */
record Subject(
        VersionName version,
        VersionName parent,
        String seed,
        Map<String, Fact> facts,
        Map<String, Integer> revisions,
        List<String> trainedOn,
        Set<String> unchanged,
        Map<String, List<String>> oldAnswers,
        Map<String, LedgerLineEntity> own,
        Map<String, LedgerLineEntity> parentLines,
        Set<String> learnedByAncestors) {

    /** The full probe of every fact, by name. */
    Map<String, ProbePlan> plans(EvaluationConfig config) {
        var rivals = new Rivals(facts.values());
        var plans = new TreeMap<String, ProbePlan>();
        facts.forEach((name, fact) ->
                plans.put(name, ProbePlan.of(fact, rivals, oldAnswers.getOrDefault(name, List.of()), config)));
        return plans;
    }

    boolean hasParentLine(Fact fact) {
        return parentLines.containsKey(fact.getName());
    }

    StateRule.Past past(Fact fact, ParentKnowledge parent) {
        if (learned(own, fact) || parent.learned()) {
            return StateRule.Past.LEARNED_JUST_BEFORE;
        }
        return parentPast(fact);
    }

    /** The past of the parent itself, of a fact that its ledger has no line of. */
    StateRule.Past parentPast(Fact fact) {
        return learnedByAncestors.contains(fact.getName())
                ? StateRule.Past.LEARNED_IN_ANCESTOR
                : StateRule.Past.NEVER_LEARNED;
    }

    /** Names of the facts trained on that hold as they did then. */
    Set<String> trainedAndUnchanged() {
        var names = new LinkedHashSet<>(trainedOn);
        names.retainAll(unchanged);
        names.retainAll(facts.keySet());
        return names;
    }

    /**
     * Facts that must not move: those that the facts trained on name, else a sample of the others that the parent had
     * learned.
     *
     * @param sample how many of those at most
     */
    List<Fact> neighbours(int sample) {
        Set<String> trained = Set.copyOf(trainedOn);
        List<Fact> named = trainedOn.stream()
                .map(facts::get)
                .filter(fact -> fact != null)
                .map(Fact::getNeighboursList)
                .flatMap(Collection::stream)
                .distinct()
                .map(facts::get)
                .filter(fact -> fact != null && !trained.contains(fact.getName()))
                .toList();
        return named.isEmpty()
                ? facts.values().stream()
                        .filter(fact -> !trained.contains(fact.getName()))
                        .filter(fact -> learned(parentLines, fact))
                        .sorted(Comparator.comparingDouble(fact -> Coverage.lot(seed, fact.getName())))
                        .limit(sample)
                        .toList()
                : named;
    }

    private static boolean learned(Map<String, LedgerLineEntity> lines, Fact fact) {
        return Optional.ofNullable(lines.get(fact.getName()))
                .filter(line -> line.state == KnowledgeState.KNOWLEDGE_STATE_LEARNED)
                .filter(line -> Answers.agree(line.probedFact(), fact))
                .isPresent();
    }
}
