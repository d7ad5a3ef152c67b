package io.loremesh.registry.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a policy's tree key by key and collects what is wrong, so that one look mends it all. For one thread. */
final class PolicyReading {
    private static final Set<String> KEYS = Set.of("policy", "approval", "gates", "trial", "screening");
    private static final List<String> GATE_KEYS = List.of("enabled", "threshold");
    private static final List<String> DRIFT_KEYS =
            List.of("enabled", "threshold", "warning", "changed_answers", "changed_answers_warning");
    private static final Pattern TITLE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
    private static final String GATE_IDS =
            Arrays.stream(Gate.values()).map(Gate::id).collect(Collectors.joining(", "));

    private final JsonNode root;
    private final PolicyProblems problems = new PolicyProblems();

    PolicyReading(JsonNode root) {
        this.root = root;
        problems.refuseOthers("", root, KEYS, "policy, approval, gates, trial, screening");
    }

    String title() {
        JsonNode title = root.path("policy");
        if (!TITLE.matcher(title.asText()).matches()) {
            problems.add("policy", title, "write a name of 1 to 63 lower-case letters, digits, hyphens and dots");
        }
        return title.asText();
    }

    boolean approvalRequired() {
        JsonNode approval = root.path("approval");
        if (!approval.isTextual() || !Set.of("required", "none").contains(approval.asText())) {
            problems.add("approval", approval, "write required (a person approves what passes) or none");
        }
        return approval.asText().equals("required");
    }

    /** Of the gates that are enabled. */
    Map<Gate, Double> thresholds() {
        var thresholds = new EnumMap<Gate, Double>(Gate.class);
        JsonNode gates = root.path("gates");
        if (!gates.isObject()) {
            problems.add("gates", gates, "write a mapping with the keys " + GATE_IDS);
            return thresholds;
        }
        problems.refuseOthers(
                "gates.", gates, Arrays.stream(Gate.values()).map(Gate::id).collect(Collectors.toSet()), GATE_IDS);
        for (Gate gate : Gate.values()) {
            String key = "gates." + gate.id();
            JsonNode rule = gates.path(gate.id());
            if (!rule.isObject()) {
                problems.add(
                        key,
                        rule,
                        "write {enabled: true, threshold: %s}, or enabled: false to leave the gate out"
                                .formatted(gate.limits().usual()));
                continue;
            }
            List<String> known = gate == Gate.DRIFT ? DRIFT_KEYS : GATE_KEYS;
            problems.refuseOthers(key + ".", rule, Set.copyOf(known), String.join(", ", known));
            JsonNode enabled = rule.path("enabled");
            if (!enabled.isBoolean()) {
                problems.add(key + ".enabled", enabled, "write true or false");
            }
            double threshold = number(key + ".threshold", rule.path("threshold"), gate.limits());
            if (enabled.asBoolean()) {
                thresholds.put(gate, threshold);
            }
        }
        if (thresholds.isEmpty() && problems.none()) {
            problems.add("gates has every gate disabled; enable at least one, else everything passes");
        }
        return thresholds;
    }

    double driftWarning() {
        JsonNode drift = root.path("gates").path(Gate.DRIFT.id());
        return drift.isObject() ? number("gates.drift.warning", drift.path("warning"), Gate.DRIFT.limits()) : 0;
    }

    /** A file that is older than these keys goes by the usual shares. */
    ChangedAnswers changedAnswers() {
        double limit = changedAnswers("changed_answers", ChangedAnswers.USUAL.limit());
        double warning = changedAnswers("changed_answers_warning", Math.min(ChangedAnswers.USUAL.warning(), limit));
        if (warning > limit) {
            problems.add("gates.drift.changed_answers_warning is %s, above changed_answers at %s: write at most that"
                    .formatted(warning, limit));
        }
        return new ChangedAnswers(limit, warning);
    }

    private double changedAnswers(String key, double usual) {
        JsonNode share = root.path("gates").path(Gate.DRIFT.id()).path(key);
        return share.isMissingNode() ? usual : number("gates.drift." + key, share, ChangedAnswers.LIMITS);
    }

    /** A file that is older than trials goes by the usual limits. */
    TrialLimits trial() {
        JsonNode trial = root.path("trial");
        if (!trial.isObject() && !trial.isMissingNode()) {
            problems.add("trial", trial, "write a mapping with the keys " + TrialLimits.KEYS);
        }
        problems.refuseOthers("trial.", trial, TrialLimits.RANGES.keySet(), TrialLimits.KEYS);
        return new TrialLimits(
                (int) trial(trial, TrialLimits.LEAST),
                trial(trial, TrialLimits.ERRORS),
                trial(trial, TrialLimits.ABSTENTIONS),
                trial(trial, TrialLimits.LATENCY),
                trial(trial, TrialLimits.DISAGREEMENT));
    }

    private double trial(JsonNode trial, String key) {
        Gate.Limits limits = TrialLimits.RANGES.get(key);
        JsonNode value = trial.path(key);
        return value.isMissingNode() ? limits.usual() : number("trial." + key, value, limits);
    }

    /** A file that says nothing of it keeps personal data out of training and lets answers out as they are. */
    ScreeningPolicy screening() {
        return new ScreeningReading(root.path("screening"), problems).policy();
    }

    /** Errors: INVALID, with all problems. */
    void requireNoProblem() {
        problems.requireNone();
    }

    private double number(String key, JsonNode value, Gate.Limits limits) {
        if (!value.isNumber() || !limits.contain(value.asDouble())) {
            problems.add(
                    key, value, "write a number from %s to %s%s".formatted(limits.low(), limits.high(), limits.unit()));
        }
        return value.asDouble();
    }
}
