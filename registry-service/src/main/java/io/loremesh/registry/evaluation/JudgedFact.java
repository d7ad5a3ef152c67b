package io.loremesh.registry.evaluation;

import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbeTier;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import java.time.Instant;

/** What a version answered about a fact, and what that says it knows. */
record JudgedFact(ProbedFact probed, StateRule.Judgement judgement, ProbeTier tier) {
    static JudgedFact of(ProbedFact probed, StateRule.Past past, ProbeTier tier) {
        return new JudgedFact(probed, StateRule.judge(probed, past), tier);
    }

    boolean learned() {
        return judgement.state() == KnowledgeState.KNOWLEDGE_STATE_LEARNED;
    }

    LedgerEntry toEntry(VersionName version, Instant time) {
        var entry = LedgerEntry.newBuilder()
                .setVersion(version.resource())
                .setFact(probed.fact())
                .setState(judgement.state())
                .setWeak(judgement.weak())
                .setAccuracy(probed.accuracy())
                .addAllAnswers(probed.all())
                .setTier(tier)
                .setCreateTime(Timestamps.of(time));
        probed.margin().ifPresent(entry::setMargin);
        return entry.build();
    }
}
