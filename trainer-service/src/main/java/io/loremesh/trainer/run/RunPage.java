package io.loremesh.trainer.run;

import io.loremesh.proto.trainer.v1.ListRunsRequest;
import io.loremesh.proto.trainer.v1.ListRunsResponse;
import java.util.List;

/** Pages of runs (AIP-158). A token names the last run of its page, so a run that comes in between shifts nothing. */
final class RunPage {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1_000;

    private RunPage() {}

    /** @throws TrainerException.InvalidRequest where size or token is none that this trainer gives */
    static ListRunsResponse of(List<Run> newestFirst, ListRunsRequest request) {
        int asked = request.getPageSize();
        if (asked < 0 || asked > MAX_SIZE) {
            throw new TrainerException.InvalidRequest(
                    "page_size is %d; it must be 1 to %d, or 0 for %d".formatted(asked, MAX_SIZE, DEFAULT_SIZE));
        }
        int from = start(newestFirst, request.getPageToken());
        int to = Math.min(newestFirst.size(), from + (asked == 0 ? DEFAULT_SIZE : asked));
        List<Run> page = newestFirst.subList(from, to);
        return ListRunsResponse.newBuilder()
                .addAllRuns(page.stream().map(RunMessages::of).toList())
                .setNextPageToken(to < newestFirst.size() ? page.getLast().name() : "")
                .build();
    }

    private static int start(List<Run> newestFirst, String token) {
        if (token.isEmpty()) {
            return 0;
        }
        for (int i = 0; i < newestFirst.size(); i++) {
            if (newestFirst.get(i).name().equals(token)) {
                return i + 1;
            }
        }
        throw new TrainerException.InvalidRequest(
                "page_token \"%s\" is none of ListRuns; begin with an empty one".formatted(token));
    }
}
