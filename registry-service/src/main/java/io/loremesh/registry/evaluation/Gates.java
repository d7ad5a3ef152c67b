package io.loremesh.registry.evaluation;

import static io.loremesh.registry.evaluation.GateFigure.measured;
import static io.loremesh.registry.evaluation.GateFigure.unmeasured;
import static io.loremesh.registry.evaluation.GateFigure.vacuous;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How each gate is measured. A gate that could not be measured is not passed; one that had nothing to find fault with
 * is, and says so with n = 0.
 */
final class Gates {
    private static final double LATENCY_QUANTILE = 0.95;

    private Gates() {}

    /** The figure of every gate of the policy, in its order. */
    static List<GateFigure> measure(GatePolicy policy, Measurements found) {
        return policy.thresholds().entrySet().stream()
                .map(gate -> measure(gate.getKey(), gate.getValue(), policy, found))
                .toList();
    }

    private static GateFigure measure(Gate gate, double threshold, GatePolicy policy, Measurements found) {
        return switch (gate) {
            case FACTUAL_CONSISTENCY -> factualConsistency(threshold, found);
            case EXTRACTION_GAP -> extractionGap(threshold, found);
            case FORGETTING -> forgetting(threshold, found);
            case LOCALITY -> locality(threshold, found);
            case HALLUCINATION -> hallucination(threshold, found);
            case OVER_REFUSAL -> overRefusal(threshold, found);
            case PERPLEXITY ->
                unmeasured(gate, threshold, "there is no domain text to measure on; take the gate out of the policy");
            case LATENCY -> latency(threshold, found);
            case DRIFT -> drift(threshold, policy.driftWarning(), found);
        };
    }

    private static GateFigure factualConsistency(double threshold, Measurements found) {
        List<JudgedFact> facts = found.trainedFacts();
        if (facts.isEmpty()) {
            return unmeasured(
                    Gate.FACTUAL_CONSISTENCY,
                    threshold,
                    "no fact that the version names as trained on holds as it did then");
        }
        double accuracy = mean(facts, fact -> fact.probed().accuracy());
        long seen =
                facts.stream().filter(fact -> fact.probed().heldout().isEmpty()).count();
        String detail = "mean accuracy on the facts trained on"
                + (seen > 0 ? ", %d of them without held-out phrasings and asked in trained ones".formatted(seen) : "")
                + (found.changedSince() > 0 ? "; %d changed since are left out".formatted(found.changedSince()) : "");
        return measured(
                Gate.FACTUAL_CONSISTENCY,
                threshold,
                accuracy,
                facts.size(),
                Interval.wilson(accuracy, facts.size()),
                detail);
    }

    private static GateFigure extractionGap(double threshold, Measurements found) {
        List<ProbedFact> facts = found.trainedFacts().stream()
                .map(JudgedFact::probed)
                .filter(fact -> !fact.heldout().isEmpty() && !fact.trained().isEmpty())
                .toList();
        if (found.trainedOn().isEmpty()) {
            return unmeasured(Gate.EXTRACTION_GAP, threshold, "no fact that the version was trained on holds now");
        }
        if (facts.isEmpty()) {
            return vacuous(Gate.EXTRACTION_GAP, threshold, "no fact trained on has held-out phrasings to compare with");
        }
        double trained = mean(facts, fact -> ProbedFact.accuracy(fact.trained()));
        double heldout = mean(facts, fact -> ProbedFact.accuracy(fact.heldout()));
        return measured(
                Gate.EXTRACTION_GAP,
                threshold,
                trained - heldout,
                facts.size(),
                Interval.difference(trained, facts.size(), heldout, facts.size()),
                "accuracy %.3f on trained, %.3f on held-out phrasings".formatted(trained, heldout));
    }

    private static GateFigure forgetting(double threshold, Measurements found) {
        List<String> old = found.parentAccuracy().keySet().stream()
                .filter(found.facts()::containsKey)
                .toList();
        if (old.isEmpty()) {
            return vacuous(
                    Gate.FORGETTING, threshold, "%s has learned no fact that holds now".formatted(found.parent()));
        }
        double before = mean(old, found.parentAccuracy()::get);
        double after = mean(old, name -> found.facts().get(name).probed().accuracy());
        return measured(
                Gate.FORGETTING,
                threshold,
                before - after,
                old.size(),
                Interval.difference(before, old.size(), after, old.size()),
                "accuracy %.3f at %s, %.3f now on the facts learned there".formatted(before, found.parent(), after));
    }

    private static GateFigure locality(double threshold, Measurements found) {
        List<AnswerPair> pairs = found.neighbours();
        if (pairs.isEmpty()) {
            return vacuous(Gate.LOCALITY, threshold, "the facts trained on have no neighbours that hold now");
        }
        double unchanged = share(pairs, AnswerPair::unchanged);
        return measured(
                Gate.LOCALITY,
                threshold,
                unchanged,
                pairs.size(),
                Interval.wilson(unchanged, pairs.size()),
                "share of answers about neighbours that are as at %s".formatted(found.parent()));
    }

    private static GateFigure hallucination(double threshold, Measurements found) {
        List<AnswerPair> pairs = found.unknowable();
        if (pairs.isEmpty()) {
            return unmeasured(Gate.HALLUCINATION, threshold, "no unknowable question was asked");
        }
        double before = share(pairs, AnswerPair::fabricatedBefore);
        double after = share(pairs, AnswerPair::fabricatedAfter);
        return measured(
                Gate.HALLUCINATION,
                threshold,
                after - before,
                pairs.size(),
                Interval.difference(after, pairs.size(), before, pairs.size()),
                "answers made up to unknowable questions: %.3f at %s, %.3f now"
                        .formatted(before, found.parent(), after));
    }

    private static GateFigure overRefusal(double threshold, Measurements found) {
        List<JudgedFact> facts = found.learnedFacts();
        if (facts.isEmpty()) {
            return vacuous(
                    Gate.OVER_REFUSAL, threshold, "the version has learned no fact that it could refuse to tell");
        }
        int n = facts.stream().mapToInt(fact -> fact.probed().judged().size()).sum();
        double refused =
                facts.stream().mapToDouble(fact -> fact.probed().abstentions()).sum() / n;
        return measured(
                Gate.OVER_REFUSAL,
                threshold,
                refused,
                n,
                Interval.wilson(refused, n),
                "share of abstentions in the answers about %d learned facts".formatted(facts.size()));
    }

    private static GateFigure latency(double threshold, Measurements found) {
        double[] sorted = found.times().stream()
                .mapToDouble(time -> time.toNanos() / 1e6)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return unmeasured(Gate.LATENCY, threshold, "the version answered nothing");
        }
        double p95 = sorted[(int) Math.ceil(LATENCY_QUANTILE * sorted.length) - 1];
        return measured(
                Gate.LATENCY,
                threshold,
                p95,
                sorted.length,
                Interval.quantile(sorted, LATENCY_QUANTILE),
                "95th percentile of the probes' answers, milliseconds, waiting for a slot left out");
    }

    private static GateFigure drift(double threshold, double warning, Measurements found) {
        double[] tokens =
                found.divergences().stream().flatMapToDouble(Arrays::stream).toArray();
        if (tokens.length == 0) {
            return unmeasured(
                    Gate.DRIFT, threshold, "%s says nothing to the neutral questions".formatted(found.parent()));
        }
        double mean = Arrays.stream(tokens).average().orElseThrow();
        // The normal approximation does not know that no divergence is negative.
        Interval interval = Interval.mean(tokens);
        return measured(
                Gate.DRIFT,
                threshold,
                mean,
                found.divergences().size(),
                new Interval(Math.max(0, interval.low()), interval.high()),
                "mean KL to %s over %d tokens, nats%s"
                        .formatted(
                                found.parent(),
                                tokens.length,
                                mean > warning ? ": above the warning at " + warning : ""));
    }

    private static <T> double mean(Collection<T> items, ToDoubleFunction<T> figure) {
        return items.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static <T> double share(Collection<T> items, Predicate<T> which) {
        return mean(items, item -> which.test(item) ? 1 : 0);
    }
}
