package io.loremesh.lab.bench.registry;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.cli.terminal.Failure;
import io.loremesh.lab.bench.Quantile;
import io.loremesh.lab.report.Row;
import io.loremesh.proto.registry.v1.ListVersionsRequest;
import io.loremesh.proto.registry.v1.ListVersionsResponse;
import java.util.List;

/**
 * How long a list of many versions takes: page by page, and the whole.
 *
 * @param versions how many there are
 */
record Listing(MeshClients clients, int versions) {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final int WALKS = 5;

    List<Row> measure() {
        double[] pages = walk(PAGE);
        double[] whole = new double[WALKS];
        for (int i = 0; i < WALKS; i++) {
            long begin = System.nanoTime();
            walk(LARGEST_PAGE);
            whole[i] = (System.nanoTime() - begin) / 1e6;
        }
        return List.of(
                Row.of("a page of %d of %d versions, p99".formatted(PAGE, versions), Quantile.of(pages, .99), "ms")
                        .atMost(50),
                Row.of("all %d versions, median".formatted(versions), Quantile.of(whole, .5), "ms"));
    }

    /** From the first page to the last: how long each took, milliseconds. */
    private double[] walk(int pageSize) {
        double[] millis = new double[Math.ceilDiv(versions, pageSize)];
        String token = "";
        int seen = 0;
        for (int page = 0; page < millis.length; page++) {
            long begin = System.nanoTime();
            ListVersionsResponse answer = clients.registry()
                    .versions()
                    .listVersions(ListVersionsRequest.newBuilder()
                            .setParent("models/" + Registrations.MODEL)
                            .setPageSize(pageSize)
                            .setPageToken(token)
                            .build());
            millis[page] = (System.nanoTime() - begin) / 1e6;
            token = answer.getNextPageToken();
            seen += answer.getVersionsCount();
        }
        if (seen != versions) {
            throw new Failure("the list has %d of %d versions".formatted(seen, versions));
        }
        return millis;
    }
}
