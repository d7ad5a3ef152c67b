package io.loremesh.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.proto.registry.v1.AuditAction;
import io.loremesh.proto.registry.v1.AuditBreak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private static final Instant TIME = Instant.parse("2026-11-21T02:03:04.000005Z");

    private final List<AuditEntryEntity> log = log(4);

    private static List<AuditEntryEntity> log(int length) {
        var log = new ArrayList<AuditEntryEntity>();
        var head = new AuditEntryEntity.Head(0, CanonicalEntry.GENESIS);
        for (int i = 1; i <= length; i++) {
            AuditEntryEntity entry = head.next(audited("reason " + i), TIME);
            log.add(entry);
            head = entry.head();
        }
        return log;
    }

    private static Audited audited(String reason) {
        return new Audited(
                AuditAction.AUDIT_ACTION_ALIAS_MOVED,
                "models/demo/versions/1",
                "Ann",
                reason,
                Map.of("to", "models/demo/versions/1", "alias", "active"),
                "0af7651916cd43dd8448eb211c80319c");
    }

    private Optional<AuditBreak> follow() {
        var chain = new AuditChain();
        return log.stream().map(chain::next).flatMap(Optional::stream).findFirst();
    }

    @Test
    void anUntouchedLogHolds() {
        var chain = new AuditChain();
        assertThat(log).allSatisfy(entry -> assertThat(chain.next(entry)).isEmpty());
        assertThat(chain.verified()).isEqualTo(4);
        assertThat(chain.head()).isEqualTo(log.getLast().hash);
    }

    @Test
    void theCanonicalTextIsSortedAndItsHashIsThatOfPlainSha256() {
        AuditEntryEntity first = log.getFirst();
        assertThat(first.entry)
                .isEqualTo(
                        "{\"action\":\"AUDIT_ACTION_ALIAS_MOVED\",\"actor\":\"Ann\",\"details\":{\"alias\":\"active\","
                                + "\"to\":\"models/demo/versions/1\"},\"reason\":\"reason 1\",\"sequence\":1,"
                                + "\"subject\":\"models/demo/versions/1\",\"time\":\"2026-11-21T02:03:04.000005Z\","
                                + "\"traceId\":\"0af7651916cd43dd8448eb211c80319c\"}");
        // printf '%064d%s' 0 "$entry" | sha256sum
        assertThat(first.hash).isEqualTo("ddef2a2a37ef5b4d518b8d67543a667adfe2d36e96ee2c93ce9da57e73768ec8");
    }

    @Test
    void aChangedEntryIsNamed() {
        log.get(1).entry = log.get(1).entry.replace("Ann", "Bob");
        assertThat(follow()).hasValueSatisfying(broken -> {
            assertThat(broken.getSequence()).isEqualTo(2);
            assertThat(broken.getReason()).contains("entry 2 was changed");
        });
    }

    @Test
    void aChangedEntryWithANewHashBreaksTheNext() {
        AuditEntryEntity changed = log.get(1);
        changed.entry = changed.entry.replace("Ann", "Bob");
        changed.hash = CanonicalEntry.hash(changed.previousHash, changed.entry);
        assertThat(follow()).hasValueSatisfying(broken -> {
            assertThat(broken.getSequence()).isEqualTo(3);
            assertThat(broken.getReason()).contains("but the hash of entry 2 is " + changed.hash);
        });
    }

    @Test
    void aMissingEntryIsNamed() {
        log.remove(2);
        assertThat(follow()).hasValueSatisfying(broken -> {
            assertThat(broken.getSequence()).isEqualTo(3);
            assertThat(broken.getReason()).contains("entry 3 is missing");
        });
    }

    @Test
    void entriesThatChangedPlacesAreNamed() {
        log.get(1).sequence = 3;
        log.get(2).sequence = 2;
        log.add(1, log.remove(2));
        assertThat(follow())
                .hasValueSatisfying(broken -> assertThat(broken.getSequence()).isEqualTo(2));
    }

    @Test
    void anEntryThatTellsAnotherSequenceIsNamed() {
        AuditEntryEntity last = log.getLast();
        last.entry = last.entry.replace("\"sequence\":4", "\"sequence\":5");
        last.hash = CanonicalEntry.hash(last.previousHash, last.entry);
        assertThat(follow())
                .hasValueSatisfying(broken -> assertThat(broken.getReason()).contains("the text of another"));
    }

    @Test
    void anEntryReadsBackAsItWasWritten() {
        var read = log.getFirst().toProto();
        assertThat(read.getDetailsMap()).containsEntry("alias", "active");
        assertThat(read.getActor()).isEqualTo("Ann");
        assertThat(read.getCreateTime().getNanos()).isEqualTo(5_000);
        assertThat(read.getPreviousHash()).isEqualTo("0".repeat(64));
    }

    @Test
    void aCallerWithoutATraceGetsOneOfItsOwn() {
        assertThat(CallTrace.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                .isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(CallTrace.of(null)).matches("[0-9a-f]{32}");
        assertThat(CallTrace.of("00-" + "0".repeat(32) + "-b7ad6b7169203331-01"))
                .isNotEqualTo("0".repeat(32));
    }
}
