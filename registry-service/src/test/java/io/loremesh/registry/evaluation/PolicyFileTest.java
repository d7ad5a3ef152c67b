package io.loremesh.registry.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.registry.v1.AnswerScreening;
import io.loremesh.proto.registry.v1.ScreeningAction;
import io.loremesh.proto.registry.v1.ScreeningPolicy;
import io.loremesh.proto.registry.v1.ScreeningRule;
import io.loremesh.registry.failure.RegistryException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {
    private static final String DEFAULT = PolicyFile.of(new SmallRyeConfigBuilder()
                    .withMapping(EvaluationConfig.class)
                    .withConverter(Duration.class, 100, new DurationConverter())
                    .build()
                    .getConfigMapping(EvaluationConfig.class))
            .yaml();

    @Test
    void theConfigurationsPolicyIsAFileThatReadsBackTheSame() {
        PolicyFile file = PolicyFile.parse(DEFAULT);
        assertThat(file.title()).isEqualTo("default");
        assertThat(file.policy().approvalRequired()).isFalse();
        assertThat(file.policy().thresholds())
                .containsEntry(Gate.FACTUAL_CONSISTENCY, 0.85)
                .containsEntry(Gate.LATENCY, 500.0)
                .doesNotContainKey(Gate.PERPLEXITY);
        assertThat(file.policy().driftWarning()).isEqualTo(0.05);
        assertThat(file.policy().changedAnswers()).isEqualTo(ChangedAnswers.USUAL);
        assertThat(file.policy().label()).isEqualTo("default@" + file.digest());
    }

    @Test
    void anotherContentIsAnotherDigest() {
        PolicyFile strict = PolicyFile.parse(DEFAULT.replace("threshold: 0.95", "threshold: 0.99"));
        assertThat(strict.digest()).isNotEqualTo(PolicyFile.parse(DEFAULT).digest());
        assertThat(strict.policy().thresholds()).containsEntry(Gate.LOCALITY, 0.99);
    }

    @Test
    void aDisabledGateDoesNotJudgeAndApprovalMayBeRequired() {
        PolicyFile file = PolicyFile.parse(DEFAULT.replace("approval: none", "approval: required # by a person")
                .replace("latency: {enabled: true", "latency: {enabled: false"));
        assertThat(file.policy().approvalRequired()).isTrue();
        assertThat(file.policy().thresholds()).doesNotContainKey(Gate.LATENCY).containsKey(Gate.DRIFT);
    }

    @Test
    void theSharesOfChangedAnswersAreSetBesideTheDriftGate() {
        PolicyFile strict = PolicyFile.parse(DEFAULT.replace("changed_answers: 0.2,", "changed_answers: 0.1,")
                .replace("_warning: 0.05", "_warning: 0.02"));
        assertThat(strict.policy().changedAnswers()).isEqualTo(new ChangedAnswers(0.1, 0.02));
        assertRefused(
                DEFAULT.replace("changed_answers: 0.2,", "changed_answers: few,"),
                "gates.drift.changed_answers is \"few\": write a number from 0.0 to 1.0");
        assertRefused(
                DEFAULT.replace("changed_answers_warning: 0.05", "changed_answers_warning: 0.3"),
                "gates.drift.changed_answers_warning is 0.3, above changed_answers at 0.2");
        assertRefused(
                DEFAULT.replace("latency: {enabled: true,", "latency: {enabled: true, changed_answers: 0.1,"),
                "gates.latency.changed_answers is 0.1: there is no such key; use enabled, threshold");
    }

    @Test
    void aFileOlderThanTheMonitorHoldsAndGoesByTheUsualShares() {
        String older = DEFAULT.replaceAll(", changed_answers.*}", "}");
        assertThat(older).contains("drift:").doesNotContain("changed_answers");
        assertThat(PolicyFile.parse(older).policy().changedAnswers()).isEqualTo(ChangedAnswers.USUAL);
    }

    @Test
    void theLimitsOfATrialAreSetEachByItselfAndMayBeLeftOut() {
        assertThat(PolicyFile.parse(DEFAULT).trial()).isEqualTo(TrialLimits.USUAL);
        String older = DEFAULT.replaceAll("trial: .*\n", "");
        assertThat(older).isNotEqualTo(DEFAULT);
        assertThat(PolicyFile.parse(older).trial()).isEqualTo(TrialLimits.USUAL);
        assertThat(PolicyFile.parse(older + "trial: {least: 200, latency: 1.5}\n")
                        .trial())
                .isEqualTo(new TrialLimits(200, 0.01, 0.05, 1.5, 0.05));
        assertRefused(
                older + "trial: {least: 0, errors: many, speed: 2}\n",
                "trial.least is 0: write a number from 1.0 to 1000000.0 requests",
                "trial.errors is \"many\": write a number from 0.0 to 1.0",
                "trial.speed is 2: there is no such key; use least, errors, abstentions, latency, disagreement");
        assertRefused(older + "trial: fast\n", "trial is \"fast\": write a mapping with the keys least");
    }

    @Test
    void aFileThatSaysNothingOfScreeningKeepsPersonalDataOutAndLetsAnswersOut() {
        String older = DEFAULT.substring(0, DEFAULT.indexOf("screening:"));
        assertThat(PolicyFile.parse(older).screening())
                .isEqualTo(PolicyFile.parse(DEFAULT).screening())
                .isEqualTo(ScreeningPolicy.newBuilder()
                        .setContradiction(ScreeningAction.SCREENING_ACTION_KEEP_OUT)
                        .setPersonalData(ScreeningAction.SCREENING_ACTION_KEEP_OUT)
                        .setAnswers(AnswerScreening.ANSWER_SCREENING_OFF)
                        .build());
    }

    @Test
    void authorityActionsAndRulesAreReadFromTheFile() {
        String yaml = DEFAULT.substring(0, DEFAULT.indexOf("screening:")) + """
            screening:
              authority: {file: graphs/公司.nt, contradiction: warn}
              personal_data: off
              answers: mask
              rules:
                - {id: insults, kind: insult, words: [idiot, 笨蛋], action: warn}
                - {id: staff, kind: staff-number, pattern: 'E-\\d{5}'}
            """;
        assertThat(PolicyFile.parse(yaml).screening())
                .isEqualTo(ScreeningPolicy.newBuilder()
                        .setAuthorityFile("graphs/公司.nt")
                        .setContradiction(ScreeningAction.SCREENING_ACTION_WARN)
                        .setPersonalData(ScreeningAction.SCREENING_ACTION_OFF)
                        .setAnswers(AnswerScreening.ANSWER_SCREENING_MASK)
                        .addRules(ScreeningRule.newBuilder()
                                .setId("insults")
                                .setKind("insult")
                                .addWords("idiot")
                                .addWords("笨蛋")
                                .setAction(ScreeningAction.SCREENING_ACTION_WARN))
                        .addRules(ScreeningRule.newBuilder()
                                .setId("staff")
                                .setKind("staff-number")
                                .setPattern("E-\\d{5}")
                                .setAction(ScreeningAction.SCREENING_ACTION_KEEP_OUT))
                        .build());
    }

    @Test
    void everyBadKeyOfScreeningIsNamedToo() {
        String yaml = DEFAULT.substring(0, DEFAULT.indexOf("screening:")) + """
            screening:
              authority: {file: ../secrets.jsonl, contradiction: never}
              personal_data: hide
              answers: scream
              pii: true
              rules:
                - {id: personal-data, kind: x, words: [a]}
                - {id: B, kind: y, pattern: '('}
                - {id: c, kind: z, words: [a], pattern: a}
            """;
        assertRefused(
                yaml,
                "screening.authority.file is \"../secrets.jsonl\": write the path of a .jsonl or .nt file",
                "screening.authority.contradiction is \"never\": write keep_out",
                "screening.personal_data is \"hide\": write keep_out",
                "screening.answers is \"scream\": write off, mask",
                "screening.pii is true: there is no such key; use authority, personal_data, answers, rules",
                "screening.rules[0].id is personal-data, which is taken",
                "screening.rules[1].id is \"B\": write 1 to 63 lower-case letters",
                "screening.rules[1].pattern is \"(\": mend it",
                "screening.rules[2] is {",
                "write either words, a list, or pattern");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd.nt", "a/../b.nt", ".hidden.nt", "a/.b.nt", "facts.json", "", "a\\\\b.nt"})
    void anAuthorityLiesBelowItsDirectory(String file) {
        assertRefused(DEFAULT + "  authority: {file: \"%s\"}\n".formatted(file), "screening.authority.file is");
    }

    @Test
    void everyBadKeyIsNamedWithItsValueAndTheRemedy() {
        assertRefused(
                DEFAULT.replace("threshold: 0.85", "threshold: high")
                        .replace("latency: {enabled: true", "latency: {enabled: maybe")
                        .replace("approval: none", "approval: sometimes"),
                "gates.factual_consistency.threshold is \"high\": write a number from 0.0 to 1.0",
                "gates.latency.enabled is \"maybe\": write true or false",
                "approval is \"sometimes\": write required (a person approves what passes) or none");
    }

    @Test
    void aThresholdOutOfItsRangeIsRefusedWithTheUnit() {
        assertRefused(
                DEFAULT.replace("threshold: 500.0", "threshold: 0.5").replace("threshold: 0.95", "threshold: 95"),
                "gates.latency.threshold is 0.5: write a number from 1.0 to 3600000.0 milliseconds",
                "gates.locality.threshold is 95: write a number from 0.0 to 1.0");
    }

    @Test
    void aGateThatIsLeftOutOrUnknownIsRefused() {
        assertRefused(
                DEFAULT.replace("  locality:", "  locallity:") + "canary: 0.1\n",
                "canary is 0.1: there is no such key; use policy, approval, gates, trial, screening",
                "gates.locallity is {",
                "gates.locality is missing: write {enabled: true, threshold: 0.95}");
    }

    @Test
    void aPolicyThatLetsEverythingPassIsRefused() {
        assertRefused(DEFAULT.replace("enabled: true", "enabled: false"), "every gate disabled");
    }

    @Test
    void whatIsNoYamlIsRefusedWithItsLine() {
        assertRefused("policy: a\napproval: [none\n", "no YAML, at line");
        assertRefused("policy: a\npolicy: b\n", "no YAML, at line 2", "policy");
        assertRefused("- a list\n", "no YAML mapping with the keys");
        assertRefused("", "0 characters");
        assertRefused("#" + "x".repeat(70_000), "70001 characters");
    }

    private static void assertRefused(String yaml, String... parts) {
        assertThatThrownBy(() -> PolicyFile.parse(yaml))
                .isInstanceOf(RegistryException.class)
                .hasMessageContainingAll(parts);
    }
}
