package io.loremesh.cli.version;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.loremesh.proto.registry.v1.AliasMove;
import org.junit.jupiter.api.Test;

class PromoteCommandTest {
    @Test
    void aPromotionOfWhatIsLiveSaysThatNothingWasMovedAndSinceWhenItIsLive() {
        AliasMove move = AliasMove.newBuilder()
                .setAlias("active")
                .setVersion("models/demo/versions/2")
                .setPreviousVersion("models/demo/versions/1")
                .setActor("ann")
                .setCreateTime(Timestamps.fromSeconds(0))
                .build();

        assertThat(PromoteCommand.standing(move))
                .isEqualTo("active is v2 already, since 1970-01-01T00:00:00Z by ann; nothing was moved");
    }
}
