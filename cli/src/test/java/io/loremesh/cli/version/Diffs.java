package io.loremesh.cli.version;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;

import com.google.protobuf.Timestamp;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Source;
import io.loremesh.proto.registry.v1.FactChange;
import io.loremesh.proto.registry.v1.KnowledgeDelta;
import io.loremesh.proto.registry.v1.KnowledgeDiff;
import io.loremesh.proto.registry.v1.ModuleNorm;
import io.loremesh.proto.registry.v1.PairedTest;
import io.loremesh.proto.registry.v1.Share;
import io.loremesh.proto.registry.v1.Transition;

/** A small diff with something of everything. */
final class Diffs {
    private Diffs() {}

    static KnowledgeDiff small(String question) {
        return KnowledgeDiff.newBuilder()
                .setBase("models/demo")
                .setCandidate("models/demo/versions/2")
                .addGained(FactChange.newBuilder()
                        .setFact(Fact.newBuilder()
                                .setName("facts/age")
                                .setQuestion(question)
                                .setSource(Source.newBuilder()
                                        .setUri("https://hr.example/jim")
                                        .setSha256("ab".repeat(32))))
                        .setBefore(KNOWLEDGE_STATE_UNKNOWN)
                        .setAfter(KNOWLEDGE_STATE_LEARNED)
                        .setAnswerBefore("unknown")
                        .setAnswerAfter("11")
                        .setAccuracyAfter(1)
                        .setChangedBy("models/demo/versions/1")
                        .setRun("runs/r1")
                        .setChangeTime(Timestamp.newBuilder().setSeconds(1_700_000_000)))
                .setGainedTotal(3)
                .setUnchangedCount(7)
                .addTransitions(Transition.newBuilder()
                        .setBefore(KNOWLEDGE_STATE_UNKNOWN)
                        .setAfter(KNOWLEDGE_STATE_LEARNED)
                        .setCount(3))
                .setSignificance(PairedTest.newBuilder()
                        .setN(10)
                        .setOnlyCandidate(3)
                        .setPValue(0.25)
                        .setBase(Share.newBuilder().setValue(0.7).setLow(0.4).setHigh(0.9))
                        .setCandidate(
                                Share.newBuilder().setValue(1).setLow(0.72).setHigh(1)))
                .addDeltas(KnowledgeDelta.newBuilder()
                        .setGroup("age")
                        .setLanguage("en")
                        .setN(10)
                        .setAccuracyBefore(0.7)
                        .setAccuracyAfter(1)
                        .setPValue(0.25))
                .addModuleNorms(ModuleNorm.newBuilder()
                        .setLayer(0)
                        .setModule("self_attn.q_proj")
                        .setNorm(0.5))
                .addModuleNorms(ModuleNorm.newBuilder()
                        .setLayer(1)
                        .setModule("self_attn.q_proj")
                        .setNorm(2))
                .build();
    }
}
