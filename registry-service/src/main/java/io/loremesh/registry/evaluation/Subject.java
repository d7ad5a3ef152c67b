package io.loremesh.registry.evaluation;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.registry.ledger.Answers;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.version.VersionName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the registry knows of a candidate before it asks.
 *
 * @param facts current ones, by name
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
        Map<String, Fact> facts,
        List<String> trainedOn,
        Set<String> unchanged,
        Map<String, List<String>> oldAnswers,
        Map<String, LedgerLineEntity> own,
        Map<String, LedgerLineEntity> parentLines,
        Set<String> learnedByAncestors) {

    List<ProbePlan> plans(EvaluationConfig config) {
        return facts.values().stream()
                .map(fact ->
                        ProbePlan.of(fact, facts.values(), oldAnswers.getOrDefault(fact.getName(), List.of()), config))
                .toList();
    }

    StateRule.Past past(Fact fact) {
        if (learned(own, fact) || learned(parentLines, fact)) {
            return StateRule.Past.LEARNED_JUST_BEFORE;
        }
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

    /** Accuracy at the parent of the facts that it had learned and that hold now, by name. */
    Map<String, Double> parentAccuracy() {
        return facts.values().stream()
                .filter(fact -> learned(parentLines, fact))
                .collect(Collectors.toMap(
                        Fact::getName, fact -> parentLines.get(fact.getName()).accuracy, (a, b) -> a, TreeMap::new));
    }

    /** Facts that must not move: those that the facts trained on name, else all others that the parent had learned. */
    List<Fact> neighbours() {
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
                ? parentAccuracy().keySet().stream()
                        .filter(name -> !trained.contains(name))
                        .map(facts::get)
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
