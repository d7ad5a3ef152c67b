package io.loremesh.registry.ledger;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;

import io.loremesh.model.prompt.AnswerText;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import io.loremesh.proto.registry.v1.Transition;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares two ledgers, fact by fact. A fact without a line in one of them is unknown there. */
public final class KnowledgeDiffs {
    /** A version's name, and all its lines. */
    public record Ledger(String version, Collection<LedgerEntry> lines) {}

    private record Pair(KnowledgeState before, KnowledgeState after) {}

    private KnowledgeDiffs() {}

    /**
     * @param current facts as they stand, by name: a change shows its fact so, and as it was probed where it was retracted
     */
    public static KnowledgeDiff between(Ledger base, Ledger candidate, Map<String, Fact> current) {
        Map<String, LedgerEntry> before = byFact(base);
        Map<String, LedgerEntry> after = byFact(candidate);
        var facts = new TreeSet<>(before.keySet());
        facts.addAll(after.keySet());
        var diff = KnowledgeDiff.newBuilder().setBase(base.version()).setCandidate(candidate.version());
        var transitions = new LinkedHashMap<Pair, Integer>();
        for (String fact : facts) {
            FactChange change = change(before.get(fact), after.get(fact), current);
            transitions.merge(new Pair(change.getBefore(), change.getAfter()), 1, Integer::sum);
            place(change, diff);
        }
        transitions.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<Pair, Integer> e) -> e.getKey().before())
                        .thenComparing(e -> e.getKey().after()))
                .forEach(e -> diff.addTransitions(Transition.newBuilder()
                        .setBefore(e.getKey().before())
                        .setAfter(e.getKey().after())
                        .setCount(e.getValue())));
        return diff.build();
    }

    private static void place(FactChange change, KnowledgeDiff.Builder diff) {
        boolean learnedBefore = change.getBefore() == KNOWLEDGE_STATE_LEARNED;
        boolean learnedAfter = change.getAfter() == KNOWLEDGE_STATE_LEARNED;
        boolean stale = change.getAfter() == KNOWLEDGE_STATE_STALE;
        if (stale) {
            diff.addStale(change);
        }
        if (learnedAfter && !learnedBefore) {
            diff.addGained(change);
        } else if (learnedBefore && !learnedAfter) {
            diff.addLost(change);
        } else if (!stale) {
            if (same(change)) {
                diff.setUnchangedCount(diff.getUnchangedCount() + 1);
            } else {
                diff.addAltered(change);
            }
        }
    }

    /** Neither state nor answer moved. */
    private static boolean same(FactChange change) {
        return change.getBefore() == change.getAfter()
                && AnswerText.normalise(change.getAnswerBefore()).equals(AnswerText.normalise(change.getAnswerAfter()));
    }

    private static FactChange change(LedgerEntry before, LedgerEntry after, Map<String, Fact> current) {
        Fact probed = (after == null ? before : after).getFact();
        var change = FactChange.newBuilder()
                .setFact(current.getOrDefault(probed.getName(), probed))
                .setBefore(before == null ? KNOWLEDGE_STATE_UNKNOWN : before.getState())
                .setAfter(after == null ? KNOWLEDGE_STATE_UNKNOWN : after.getState());
        if (before != null) {
            change.setAnswerBefore(mainAnswer(before)).setAccuracyBefore(before.getAccuracy());
        }
        if (after != null) {
            change.setAnswerAfter(mainAnswer(after)).setAccuracyAfter(after.getAccuracy());
        }
        return change.build();
    }

    /** The answer given most often, in the spelling given first. */
    private static String mainAnswer(LedgerEntry entry) {
        List<String> answers =
                entry.getAnswersList().stream().map(ProbedAnswer::getAnswer).toList();
        Map<String, Long> counts = answers.stream()
                .collect(Collectors.groupingBy(AnswerText::normalise, LinkedHashMap::new, Collectors.counting()));
        return answers.stream()
                .max(Comparator.comparing(answer -> counts.get(AnswerText.normalise(answer))))
                .flatMap(most -> answers.stream()
                        .filter(answer -> AnswerText.normalise(answer).equals(AnswerText.normalise(most)))
                        .findFirst())
                .orElse("");
    }

    private static Map<String, LedgerEntry> byFact(Ledger ledger) {
        return ledger.lines().stream()
                .collect(Collectors.toMap(
                        line -> line.getFact().getName(), Function.identity(), (a, b) -> b, TreeMap::new));
    }
}
