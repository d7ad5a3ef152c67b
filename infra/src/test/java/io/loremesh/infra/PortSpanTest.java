package io.loremesh.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortSpanTest {
    @Test
    void openSpansNeverOverlap() {
        var spans = new ArrayList<PortSpan>();
        try {
            for (int i = 0; i < 50; i++) {
                spans.add(PortSpan.claimFree());
            }

            List<Integer> bases = spans.stream().map(PortSpan::base).sorted().toList();
            for (int i = 1; i < bases.size(); i++) {
                assertThat(bases.get(i) - bases.get(i - 1)).isGreaterThanOrEqualTo(PortSpan.SIZE);
            }
        } finally {
            spans.forEach(PortSpan::close);
        }
    }

    @Test
    void aSpanIsHeldUntilItIsClosed() {
        PortSpan span = PortSpan.claimFree();
        int base = span.base();

        assertThat(PortSpan.isFree(base)).isFalse();
        span.close();
        assertThat(PortSpan.isFree(base)).isTrue();
    }

    @Test
    void aPortOnWhichThisMachineAloneIsHeardIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortSpan.isFree(taken.getLocalPort())).isFalse();
        }
    }

    @Test
    void aPortOutsideOfTheSpanIsRefused() {
        try (PortSpan span = PortSpan.claimFree()) {
            assertThatThrownBy(() -> span.port(PortSpan.SIZE)).hasMessageContaining("1 to 99");
        }
    }
}
