package io.loremesh.registry.evaluation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the gates judge by.
 *
 * @param parent name of the version, or bare base, that the candidate is compared with
 * @param facts every current fact, by name
 * @param trainedOn names of the facts that the candidate was trained on and that say now what they said then
 * @param changedSince how many more it was trained on that were changed or retracted since
 * @param parentAccuracy accuracy at the parent, by name, of the facts that the parent had learned, on the phrasings
 *     that the candidate was asked
 * @param neighbours answers about facts that were to stay unmoved
 * @param unknowable answers to questions that nobody can answer
 * @param times of the candidate's answers
 * @param divergences KL(parent ‖ candidate) of each token, nats, for each neutral question that the parent said
 *     something to
 * @param parentFacts what the parent was found to know of facts that its ledger has no line of, by name
 */
record Measurements(
        String parent,
        Map<String, JudgedFact> facts,
        Set<String> trainedOn,
        int changedSince,
        Map<String, Double> parentAccuracy,
        List<AnswerPair> neighbours,
        List<AnswerPair> unknowable,
        List<Duration> times,
        List<double[]> divergences,
        Map<String, JudgedFact> parentFacts) {
    List<JudgedFact> trainedFacts() {
        return trainedOn.stream().map(facts::get).toList();
    }

    List<JudgedFact> learnedFacts() {
        return facts.values().stream().filter(JudgedFact::learned).toList();
    }
}
