package io.loremesh.registry.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A policy as a person writes it:
 *
 * <pre>{@code
 * policy: strict
 * approval: required        # or none
 * gates:                    # every gate, so that nothing holds that the file does not say
 *   factual_consistency: {enabled: true, threshold: 0.85}
 *   drift: {enabled: true, threshold: 0.20, warning: 0.05, changed_answers: 0.20, changed_answers_warning: 0.05}
 *   …
 * trial:                    # may be left out, as may each key: then it is this
 *   {least: 50, errors: 0.01, abstentions: 0.05, latency: 2.0, disagreement: 0.05}
 * screening:                # may be left out: then facts with personal data are kept out, and answers go out as they
 * are
 *   authority: {file: company.jsonl, contradiction: keep_out}   # or warn; below loremesh.authority.dir; or left out
 *   personal_data: keep_out # or warn, off
 *   answers: off            # or mask, block
 *   rules:
 *     - {id: insults, kind: insult, words: [idiot, 笨蛋], action: keep_out}
 *     - {id: staff-numbers, kind: staff-number, pattern: 'E-\d{5}', action: warn}
 * }</pre>
 *
 * @param digest names the file by its content
 * @param policy the gates
 * @param trial what a version on trial is held to
 * @param screening what may be learned and said
 */
public record PolicyFile(
        String title,
        ContentDigest digest,
        String yaml,
        GatePolicy policy,
        TrialLimits trial,
        ScreeningPolicy screening) {
    private static final int LONGEST = 64 << 10;
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Errors: INVALID, with every key that is wrong, its value and the remedy. */
    public static PolicyFile parse(String yaml) {
        if (yaml.isBlank() || yaml.length() > LONGEST) {
            throw new RegistryException(
                    Kind.INVALID,
                    "the policy has %d characters; write 1 to %d, as GetPolicy shows them",
                    yaml.length(),
                    LONGEST);
        }
        var reading = new PolicyReading(tree(yaml));
        String title = reading.title();
        ContentDigest digest = ContentDigest.of(yaml.getBytes(UTF_8));
        boolean approval = reading.approvalRequired();
        Map<Gate, Double> thresholds = reading.thresholds();
        double driftWarning = reading.driftWarning();
        ChangedAnswers changedAnswers = reading.changedAnswers();
        TrialLimits trial = reading.trial();
        ScreeningPolicy screening = reading.screening();
        reading.requireNoProblem();
        return new PolicyFile(
                title,
                digest,
                yaml,
                new GatePolicy(title + "@" + digest, thresholds, driftWarning, changedAnswers, approval),
                trial,
                screening);
    }

    /** The policy that the registry's configuration makes, as a file. */
    static PolicyFile of(EvaluationConfig config) {
        EvaluationConfig.Thresholds asked = config.thresholds();
        var thresholds = new EnumMap<Gate, Double>(Map.of(
                Gate.FACTUAL_CONSISTENCY, asked.factualConsistency(),
                Gate.EXTRACTION_GAP, asked.extractionGap(),
                Gate.FORGETTING, asked.forgetting(),
                Gate.LOCALITY, asked.locality(),
                Gate.HALLUCINATION, asked.hallucination(),
                Gate.OVER_REFUSAL, asked.overRefusal(),
                Gate.LATENCY, asked.latency(),
                Gate.DRIFT, asked.drift()));
        asked.perplexity().ifPresent(threshold -> thresholds.put(Gate.PERPLEXITY, threshold));
        var text = new StringBuilder("policy: %s\napproval: none\ngates:\n".formatted(config.policy()));
        for (Gate gate : Gate.values()) {
            boolean enabled = thresholds.containsKey(gate);
            text.append(String.format(
                    Locale.ROOT,
                    "  %s: {enabled: %s, threshold: %s%s}\n",
                    gate.id(),
                    enabled,
                    thresholds.getOrDefault(gate, gate.limits().usual()),
                    gate == Gate.DRIFT ? drift(asked) : ""));
        }
        text.append(TrialLimits.USUAL.yaml());
        return parse(text.append("screening:\n  personal_data: keep_out\n  answers: off\n")
                .toString());
    }

    private static String drift(EvaluationConfig.Thresholds asked) {
        return ", warning: %s, changed_answers: %s, changed_answers_warning: %s"
                .formatted(asked.driftWarning(), asked.changedAnswers(), asked.changedAnswersWarning());
    }

    private static JsonNode tree(String yaml) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            List<JsonNode> documents = values.readAll();
            if (documents.size() != 1 || !documents.getFirst().isObject()) {
                throw new RegistryException(
                        Kind.INVALID,
                        "the policy is no YAML mapping with the keys policy, approval, gates and screening; write it"
                                + " as GetPolicy shows it");
            }
            return documents.getFirst();
        } catch (JsonProcessingException e) {
            throw new RegistryException(
                    Kind.INVALID,
                    "the policy is no YAML, at line %d: %s; mend that line",
                    e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                    e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
    }
}
