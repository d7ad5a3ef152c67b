package io.loremesh.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Source;
import io.loremesh.proto.registry.v1.Approval;
import io.loremesh.proto.registry.v1.Comparison;
import io.loremesh.proto.registry.v1.Decision;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.GateResult;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.Lineage;
import io.loremesh.proto.registry.v1.Verdict;
import io.loremesh.proto.registry.v1.Version;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private static final Fact FACT = Fact.newBuilder()
            .setName("facts/1")
            .setQuestion("How old | is\nJim?")
            .setAnswer("11")
            .setLanguage("en")
            .setSource(Source.newBuilder().setUri("https://example.org/jim"))
            .build();

    private static String card() {
        var version = Version.newBuilder()
                .setName("models/demo/versions/2")
                .setBaseDigest("sha256:b")
                .setRun("runs/1")
                .putTraining("rank", "8")
                .setVerdict(Verdict.newBuilder()
                        .setDecision(Decision.DECISION_ACCEPTED)
                        .setPolicy("strict@sha256:c")
                        .setApproval(Approval.newBuilder().setActor("Ann").setReason("read it"))
                        .addGates(GateResult.newBuilder()
                                .setGate("locality")
                                .setValue(1)
                                .setThreshold(0.95)
                                .setComparison(Comparison.COMPARISON_AT_LEAST)
                                .setN(7)
                                .setPassed(true)));
        var lineage = Lineage.newBuilder()
                .setVersion(version)
                .addFacts(FactRevision.newBuilder().setFact(FACT))
                .setFactsDigest("sha256:d")
                .build();
        var diff = KnowledgeDiff.newBuilder()
                .setBase("models/demo")
                .setCandidate("models/demo/versions/2")
                .addGained(FactChange.newBuilder()
                        .setFact(FACT)
                        .setAnswerBefore("unknown")
                        .setAnswerAfter("11"))
                .setGainedTotal(1)
                .setUnchangedCount(3)
                .build();
        return new ModelCard(lineage, diff).text();
    }

    @Test
    void theFrontMatterIsWhatTheHubReads() {
        assertThat(card()).startsWith("""
                ---
                library_name: peft
                base_model: "sha256:b"
                base_model_relation: adapter
                tags:
                  - lora
                  - knowledge-update
                  - loremesh
                language:
                  - en
                ---

                # models/demo/versions/2
                """);
    }

    @Test
    void everyKnowledgeChangeIsARowWithItsSource() {
        assertThat(card())
                .contains("1 gained, 0 lost, 0 altered, 0 stale, 3 unchanged")
                .contains("| How old \\| is Jim? | unknown | 11 | https://example.org/jim | `facts/1` |")
                .doesNotContain("### Lost");
    }

    @Test
    void theVerdictNamesPolicyPersonAndFigures() {
        assertThat(card())
                .contains("**accepted** by the policy `strict@sha256:c`, approved by Ann (read it)")
                .contains("| locality | 1.0000 | ≥ 0.9500 | 7 |  | yes |")
                .contains("| taught facts | 1, `sha256:d` |");
    }
}
