package io.loremesh.registry.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import io.loremesh.proto.registry.v1.AnswerScreening;
import io.loremesh.proto.registry.v1.ScreeningAction;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.proto.registry.v1.ScreeningRule;
import io.loremesh.screening.PersonalData;
import io.loremesh.screening.RuleClassifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a policy says of screening. For one thread. */
final class ScreeningReading {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    /** Below the authority directory, whatever it is called; the kind of file shows in its name. */
    private static final Pattern FILE =
            Pattern.compile("(?!.*(?:^|/)\\.)[^/\\\\\\p{Cntrl}]+(?:/[^/\\\\\\p{Cntrl}]+)*\\.(?:jsonl|nt)");

    private static final Map<String, ScreeningAction> ACTIONS = Map.of(
            "off", ScreeningAction.SCREENING_ACTION_OFF,
            "warn", ScreeningAction.SCREENING_ACTION_WARN,
            "keep_out", ScreeningAction.SCREENING_ACTION_KEEP_OUT);
    private static final Map<String, ScreeningAction> CONTRADICTIONS = Map.of(
            "warn", ScreeningAction.SCREENING_ACTION_WARN, "keep_out", ScreeningAction.SCREENING_ACTION_KEEP_OUT);
    private static final Map<String, AnswerScreening> ANSWERS = Map.of(
            "off", AnswerScreening.ANSWER_SCREENING_OFF,
            "mask", AnswerScreening.ANSWER_SCREENING_MASK,
            "block", AnswerScreening.ANSWER_SCREENING_BLOCK);

    private final JsonNode root;
    private final PolicyProblems problems;

    ScreeningReading(JsonNode root, PolicyProblems problems) {
        this.root = root;
        this.problems = problems;
    }

    ScreeningPolicy policy() {
        if (!root.isMissingNode() && !root.isObject()) {
            problems.add("screening", root, "write a mapping with the keys authority, personal_data, answers, rules");
        }
        problems.refuseOthers(
                "screening.",
                root,
                Set.of("authority", "personal_data", "answers", "rules"),
                "authority, personal_data, answers, rules");
        var policy = ScreeningPolicy.newBuilder()
                .setContradiction(ScreeningAction.SCREENING_ACTION_KEEP_OUT)
                .setPersonalData(choice(
                        "screening.personal_data",
                        root.path("personal_data"),
                        ACTIONS,
                        ScreeningAction.SCREENING_ACTION_KEEP_OUT,
                        "keep_out (facts that hold some are not trained on), warn or off"))
                .setAnswers(choice(
                        "screening.answers",
                        root.path("answers"),
                        ANSWERS,
                        AnswerScreening.ANSWER_SCREENING_OFF,
                        "off, mask (what is caught is replaced) or block (the answer is)"))
                .addAllRules(rules());
        authority(policy);
        return policy.build();
    }

    private void authority(ScreeningPolicy.Builder policy) {
        JsonNode authority = root.path("authority");
        if (authority.isMissingNode()) {
            return;
        }
        if (!authority.isObject()) {
            problems.add("screening.authority", authority, "write {file: facts.jsonl, contradiction: keep_out}");
            return;
        }
        problems.refuseOthers(
                "screening.authority.", authority, Set.of("file", "contradiction"), "file, contradiction");
        JsonNode file = authority.path("file");
        if (!file.isTextual() || !FILE.matcher(file.asText()).matches()) {
            problems.add(
                    "screening.authority.file",
                    file,
                    "write the path of a .jsonl or .nt file below the registry's authority directory");
        }
        policy.setAuthorityFile(file.asText())
                .setContradiction(choice(
                        "screening.authority.contradiction",
                        authority.path("contradiction"),
                        CONTRADICTIONS,
                        ScreeningAction.SCREENING_ACTION_KEEP_OUT,
                        "keep_out (such facts are not trained on) or warn"));
    }

    private List<ScreeningRule> rules() {
        JsonNode list = root.path("rules");
        if (!list.isMissingNode() && !list.isArray()) {
            problems.add("screening.rules", list, "write a list of {id, kind, words or pattern, action}");
        }
        List<ScreeningRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>(Set.of(PersonalData.RULE));
        for (int i = 0; i < list.size(); i++) {
            ScreeningRule rule = rule("screening.rules[%d]".formatted(i), list.get(i));
            if (!ids.add(rule.getId())) {
                problems.add("screening.rules[%d].id is %s, which is taken: write another".formatted(i, rule.getId()));
            }
            rules.add(rule);
        }
        return rules;
    }

    private ScreeningRule rule(String key, JsonNode node) {
        problems.refuseOthers(
                key + ".",
                node,
                Set.of("id", "kind", "words", "pattern", "action"),
                "id, kind, words, pattern, action");
        var rule = ScreeningRule.newBuilder()
                .setId(id(key + ".id", node.path("id")))
                .setKind(id(key + ".kind", node.path("kind")))
                .setAction(choice(
                        key + ".action",
                        node.path("action"),
                        ACTIONS,
                        ScreeningAction.SCREENING_ACTION_KEEP_OUT,
                        "keep_out, warn or off (then the rule screens answers alone)"));
        boolean words = node.path("words").isArray() && !node.path("words").isEmpty();
        boolean pattern = node.path("pattern").isTextual();
        if (words == pattern) {
            problems.add(key, node, "write either words, a list, or pattern, an RE2 expression");
            return rule.build();
        }
        if (pattern) {
            rule.setPattern(node.path("pattern").asText());
        } else {
            node.path("words").forEach(word -> word(key + ".words", word, rule));
        }
        RuleClassifier.problem(rule.build())
                .ifPresent(problem -> problems.add(key + ".pattern", node.path("pattern"), "mend it: " + problem));
        return rule.build();
    }

    private void word(String key, JsonNode word, ScreeningRule.Builder rule) {
        if (!word.isTextual() || word.asText().isBlank()) {
            problems.add(key, word, "write texts that are not blank");
        } else {
            rule.addWords(word.asText().strip());
        }
    }

    private String id(String key, JsonNode id) {
        if (!ID.matcher(id.asText()).matches()) {
            problems.add(key, id, "write 1 to 63 lower-case letters, digits and hyphens");
        }
        return id.asText();
    }

    private <T> T choice(String key, JsonNode value, Map<String, T> choices, T usual, String list) {
        if (value.isMissingNode()) {
            return usual;
        }
        // To YAML 1.1, which Jackson reads, a plain off is no word but the opposite of true.
        String word = value.isBoolean() && !value.asBoolean() ? "off" : value.asText();
        if (!choices.containsKey(word)) {
            problems.add(key, value, "write " + list);
        }
        return choices.getOrDefault(word, usual);
    }
}
