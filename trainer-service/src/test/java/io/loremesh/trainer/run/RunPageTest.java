package io.loremesh.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loremesh.proto.trainer.v1.ListRunsRequest;
import io.loremesh.proto.trainer.v1.ListRunsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPageTest {
    private final List<Run> runs = new ArrayList<>(
            IntStream.range(0, 5).mapToObj(i -> RunSamples.queued("r" + i)).toList());

    @Test
    void pagesBringEveryRunOnceAlsoWhenOneComesInBetween() {
        ListRunsResponse first = page(2, "");
        runs.addFirst(RunSamples.queued("new"));
        ListRunsResponse second = page(3, first.getNextPageToken());

        assertThat(first.getRunsList())
                .extracting(io.loremesh.proto.trainer.v1.Run::getName)
                .containsExactly(runs.get(1).name(), runs.get(2).name());
        assertThat(second.getRunsList()).hasSize(3);
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void aSizeOrTokenThatIsNoneOfOursIsRefused() {
        assertThatThrownBy(() -> page(1_001, "")).hasMessageContaining("page_size is 1001");
        assertThatThrownBy(() -> page(-1, "")).isInstanceOf(TrainerException.InvalidRequest.class);
        assertThatThrownBy(() -> page(0, "runs/none")).hasMessageContaining("runs/none");
    }

    private ListRunsResponse page(int size, String token) {
        return RunPage.of(
                runs,
                ListRunsRequest.newBuilder()
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }
}
