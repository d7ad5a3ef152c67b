package io.loremesh.registry.ledger;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import io.loremesh.registry.ChangedValues;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StalenessTest {
    private static final Fact TEN = fact("10");
    private static final Fact ELEVEN = fact("11");

    private static Fact fact(String answer) {
        return Fact.newBuilder()
                .setName("facts/age")
                .setQuestion("How old is Jim?")
                .setAnswer(answer)
                .build();
    }

    private static LedgerEntry line(KnowledgeState state, double accuracy) {
        return LedgerEntry.newBuilder()
                .setFact(TEN)
                .setState(state)
                .setAccuracy(accuracy)
                .build();
    }

    @Test
    void aLearnedLineGoesStaleWithAnotherAnswerOrARetraction() {
        LedgerEntry learned = line(KNOWLEDGE_STATE_LEARNED, 1);
        assertThat(Staleness.of(learned, Optional.of(ELEVEN))).isEqualTo(KNOWLEDGE_STATE_STALE);
        assertThat(Staleness.of(learned, Optional.empty())).isEqualTo(KNOWLEDGE_STATE_STALE);
    }

    @ParameterizedTest
    @MethodSource(ChangedValues.PAIRS)
    void anotherValueIsStaleAndHasAFingerprintOfItsOwn(String learned, String now) {
        LedgerEntry line = line(KNOWLEDGE_STATE_LEARNED, 1).toBuilder()
                .setFact(fact(learned))
                .addAnswers(ProbedAnswer.newBuilder().setAnswer(learned).setCorrect(true))
                .build();

        assertThat(Staleness.of(line, Optional.of(fact(now)))).isEqualTo(KNOWLEDGE_STATE_STALE);
        assertThat(Staleness.of(line, Optional.of(fact(learned)))).isEqualTo(KNOWLEDGE_STATE_LEARNED);
        assertThat(Answers.key(learned)).isNotEqualTo(Answers.key(now));
        assertThat(Answers.agree(fact(learned), fact(now))).isFalse();
    }

    @Test
    void anotherWordingOfTheSameAnswerChangesNothing() {
        Fact reworded = fact("ten").toBuilder().addAliases("10.").build();
        assertThat(Staleness.of(line(KNOWLEDGE_STATE_LEARNED, 1), Optional.of(reworded)))
                .isEqualTo(KNOWLEDGE_STATE_LEARNED);
    }

    /** What the weights say is right as long as the fact accepts it, by its answer or an alias of today. */
    @Test
    void aliasesOfTodayDecide() {
        LedgerEntry learned = line(KNOWLEDGE_STATE_LEARNED, 1).toBuilder()
                .setFact(fact("Vienna").toBuilder().addAliases("Wien"))
                .addAnswers(ProbedAnswer.newBuilder().setAnswer("Wien").setCorrect(true))
                .build();

        assertThat(Staleness.of(learned, Optional.of(fact("Vienna")))).isEqualTo(KNOWLEDGE_STATE_STALE);
        assertThat(Staleness.of(learned, Optional.of(fact("Wien")))).isEqualTo(KNOWLEDGE_STATE_LEARNED);
        assertThat(Staleness.of(
                        learned,
                        Optional.of(fact("Linz").toBuilder().addAliases("Wien").build())))
                .isEqualTo(KNOWLEDGE_STATE_LEARNED);
    }

    @Test
    void theOldAnswerComeBackIsLearnedAgain() {
        assertThat(Staleness.of(line(KNOWLEDGE_STATE_STALE, 1), Optional.of(TEN)))
                .isEqualTo(KNOWLEDGE_STATE_LEARNED);
        assertThat(Staleness.of(line(KNOWLEDGE_STATE_STALE, 0), Optional.of(TEN)))
                .isEqualTo(KNOWLEDGE_STATE_STALE);
    }

    @Test
    void whatWasNeverLearnedDoesNotGoStale() {
        assertThat(Staleness.of(line(KNOWLEDGE_STATE_UNKNOWN, 0), Optional.of(ELEVEN)))
                .isEqualTo(KNOWLEDGE_STATE_UNKNOWN);
    }

    @Test
    void whatWentStaleIsRightNoMore() {
        assertThat(Staleness.accuracy(line(KNOWLEDGE_STATE_LEARNED, 0.9))).isEqualTo(0.9);
        assertThat(Staleness.accuracy(line(KNOWLEDGE_STATE_STALE, 0.9))).isZero();
        assertThat(Staleness.accuracy(line(KNOWLEDGE_STATE_STALE, 0.25)))
                .as("stale when it was probed, so measured by the fact as it stands")
                .isEqualTo(0.25);
    }
}
