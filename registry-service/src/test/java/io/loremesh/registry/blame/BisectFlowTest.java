package io.loremesh.registry.blame;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import io.loremesh.registry.ChangedValues;
import io.loremesh.registry.version.VersionName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BisectFlowTest {
    @Test
    void theFirstWrongVersionIsFoundInFewLooks() {
        for (int last = 1; last <= 70; last++) {
            for (int first = 1; first <= last; first++) {
                int wrongFrom = first;
                var looks = new AtomicInteger();
                int found = BisectFlow.firstBad(last, at -> {
                    looks.incrementAndGet();
                    return at < wrongFrom;
                });
                assertThat(found).isEqualTo(first);
                assertThat(looks.get()).isLessThanOrEqualTo((int) Math.ceil(Math.log(last) / Math.log(2)));
            }
        }
    }

    @Test
    void theWayLeadsFromAnAncestorToItsDescendant() {
        var ancestry = new Ancestry(Map.of(1, 0, 2, 1, 3, 2, 4, 1));
        assertThat(ancestry.way(0, 3)).containsExactly(0, 1, 2, 3);
        assertThat(ancestry.way(1, 4)).containsExactly(1, 4);
        assertThat(ancestry.way(4, 3)).isEmpty();
        assertThat(ancestry.way(3, 1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(ChangedValues.PAIRS)
    void anotherValueIsNotRight(String answered, String now) {
        var line = LedgerEntry.newBuilder()
                .addAnswers(ProbedAnswer.newBuilder().setAnswer(answered))
                .build();
        Fact fact = Fact.newBuilder().setAnswer(now).build();

        assertThat(BisectFlow.step(new VersionName("demo", 1), line, fact, false)
                        .getRight())
                .isFalse();
    }

    @Test
    void aLineIsReadByTheFactAsItStands() {
        var line = LedgerEntry.newBuilder();
        List.of("10", "10", "11")
                .forEach(answer -> line.addAnswers(ProbedAnswer.newBuilder().setAnswer(answer)));
        var name = new VersionName("demo", 1);
        assertThat(BisectFlow.step(
                                name,
                                line.build(),
                                Fact.newBuilder().setAnswer("10").build(),
                                false)
                        .getRight())
                .isTrue();
        assertThat(BisectFlow.step(
                                name,
                                line.build(),
                                Fact.newBuilder().setAnswer("11").build(),
                                false)
                        .getRight())
                .isFalse();
    }
}
