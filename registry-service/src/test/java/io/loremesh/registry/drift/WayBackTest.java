package io.loremesh.registry.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.registry.version.AliasMoveEntity;
import io.loremesh.registry.version.VersionName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WayBackTest {
    /** `active` moves to these versions, one after the other; 0 is the bare base. Sequences count from 1. */
    private static WayBack after(int... versions) {
        List<AliasMoveEntity> moves = new ArrayList<>();
        for (int version : versions) {
            var move = new AliasMoveEntity();
            move.sequence = moves.size() + 1;
            move.model = "demo";
            move.alias = "active";
            move.version = version;
            moves.add(move);
        }
        return WayBack.of("demo", moves);
    }

    private static List<Integer> earlier(WayBack way) {
        return way.earlier().stream().map(VersionName::number).toList();
    }

    @Test
    void promotionsAreUndoneInTurnDownToTheBareBase() {
        assertThat(earlier(after(1, 2, 3))).containsExactly(2, 1, 0);
        assertThat(earlier(after(1))).containsExactly(0);
    }

    @Test
    void fromTheBareBaseThereIsNoWayBack() {
        assertThat(earlier(after())).isEmpty();
        assertThat(earlier(after(1, 0))).isEmpty();
    }

    @Test
    void whatWasLeftAsBadIsNotReturnedTo() {
        WayBack way = after(1, 2, 1);
        assertThat(way.standing().version().number()).isEqualTo(1);
        assertThat(earlier(way)).as("after 2 was rolled back").containsExactly(0);
        assertThat(earlier(after(1, 2, 3, 1, 4))).containsExactly(1, 0);
    }

    @Test
    void aReturnKeepsTheFirstPromotionAndAPromotionAnewIsANewOne() {
        assertThat(after(1, 2, 1).standing().promotion()).isEqualTo(1);
        assertThat(after(1, 0, 1).standing().promotion()).isEqualTo(3);
    }
}
