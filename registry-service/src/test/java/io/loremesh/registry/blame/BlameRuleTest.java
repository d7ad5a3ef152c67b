package io.loremesh.registry.blame;

import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_FORGOTTEN;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_LEARNED;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_STALE;
import static io.loremesh.proto.registry.v1.KnowledgeState.KNOWLEDGE_STATE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Source;
import io.loremesh.proto.registry.v1.BlameLine;
import io.loremesh.proto.registry.v1.ChangeKind;
import io.loremesh.proto.registry.v1.FactRevision;
import io.loremesh.proto.registry.v1.KnowledgeState;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.ProbedAnswer;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.blame.BlameRule.Seen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlameRuleTest {
    /** 2 grew from 1, 3 from 2; 4 is a branch of 1. */
    private static final Ancestry ANCESTRY = new Ancestry(Map.of(1, 0, 2, 1, 3, 2, 4, 1));

    private static final List<FactRevision> REVISIONS = List.of(revision(1, "10", 5), revision(2, "11", 35));

    private static Timestamp at(int second) {
        return Timestamp.newBuilder().setSeconds(second).build();
    }

    private static Fact age(String answer) {
        return Fact.newBuilder()
                .setName("facts/age")
                .setAnswer(answer)
                .setSource(Source.newBuilder().setUri("hr.example/" + answer))
                .build();
    }

    private static FactRevision revision(int number, String answer, int time) {
        return FactRevision.newBuilder()
                .setFact(age(answer))
                .setRevision(number)
                .setRecordTime(at(time))
                .build();
    }

    /** A version made at ten times its number, and probed a second later. */
    private static Seen seen(int number, KnowledgeState probed, KnowledgeState now, String answer) {
        var version = Version.newBuilder().setName("models/demo/versions/" + number);
        if (number > 0) {
            version.setRun("runs/r" + number).setCreateTime(at(10 * number)).addFacts("facts/age");
        }
        return new Seen(
                number,
                version.build(),
                LedgerEntry.newBuilder()
                        .setFact(age("10"))
                        .setState(probed)
                        .addAnswers(ProbedAnswer.newBuilder().setAnswer(answer))
                        .setCreateTime(at(10 * number + 1))
                        .build(),
                now);
    }

    private static List<BlameLine> blame(Seen... seen) {
        return new BlameRule(ANCESTRY, List.of(seen), REVISIONS).lines();
    }

    @Test
    void eachVersionThatChangedTheFactIsBlamedAndTheOthersAreNot() {
        List<BlameLine> lines = blame(
                seen(0, KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_UNKNOWN, "unknown"),
                seen(1, KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_LEARNED, "10"),
                seen(2, KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_LEARNED, "10."),
                seen(3, KNOWLEDGE_STATE_FORGOTTEN, KNOWLEDGE_STATE_FORGOTTEN, "unknown"));
        assertThat(lines)
                .extracting(BlameLine::getKind)
                .containsExactly(ChangeKind.CHANGE_KIND_GAINED, ChangeKind.CHANGE_KIND_LOST);
        BlameLine gained = lines.getFirst();
        assertThat(gained.getVersion()).isEqualTo("models/demo/versions/1");
        assertThat(gained.getRun()).isEqualTo("runs/r1");
        assertThat(gained.getTrained()).isTrue();
        assertThat(gained.getRevision().getFact().getSource().getUri()).isEqualTo("hr.example/10");
        assertThat(lines.get(1).getComparedWith()).isEqualTo("models/demo/versions/2");
    }

    @Test
    void aBranchIsComparedWithWhatItGrewFrom() {
        List<BlameLine> lines = blame(
                seen(1, KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_UNKNOWN, "unknown"),
                seen(2, KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_LEARNED, "10"),
                seen(4, KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_UNKNOWN, "unknown"));
        assertThat(lines).extracting(BlameLine::getVersion).containsExactly("models/demo/versions/2");
    }

    @Test
    void aVersionThatWasNotProbedIsPassedOver() {
        List<BlameLine> lines = blame(
                seen(1, KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_LEARNED, "10"),
                seen(3, KNOWLEDGE_STATE_FORGOTTEN, KNOWLEDGE_STATE_FORGOTTEN, "unknown"));
        assertThat(lines.getLast().getComparedWith()).isEqualTo("models/demo/versions/1");
    }

    @Test
    void theSourceThatMadeAFactStaleIsBlamedForIt() {
        List<BlameLine> lines = blame(seen(1, KNOWLEDGE_STATE_LEARNED, KNOWLEDGE_STATE_STALE, "10"));
        BlameLine stale = lines.getLast();
        assertThat(stale.getKind()).isEqualTo(ChangeKind.CHANGE_KIND_STALE);
        assertThat(stale.getRevision().getRevision()).isEqualTo(2);
        assertThat(stale.getTime()).isEqualTo(at(35));
    }

    @Test
    void anUnknownFactThatWasNeverAskedBeforeIsNoNews() {
        assertThat(blame(seen(0, KNOWLEDGE_STATE_UNKNOWN, KNOWLEDGE_STATE_UNKNOWN, "unknown")))
                .isEmpty();
    }
}
