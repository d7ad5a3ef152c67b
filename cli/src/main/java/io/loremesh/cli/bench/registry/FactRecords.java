package io.loremesh.cli.bench.registry;

import io.loremesh.cli.bench.Quantile;
import io.loremesh.cli.connect.MeshClients;
import io.loremesh.evaluation.report.Row;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.RecordFactsRequest;
import java.util.stream.IntStream;

/** How many new facts a second the registry records, a thousand a call. */
record FactRecords(MeshClients clients) {
    private static final int CALLS = 15;
    private static final int EACH_CALL = 1_000;

    Row measure() {
        double[] rates = new double[CALLS];
        for (int call = 0; call < CALLS; call++) {
            RecordFactsRequest request = facts(call * EACH_CALL);
            long begin = System.nanoTime();
            clients.registry().recordFacts(request);
            rates[call] = EACH_CALL / ((System.nanoTime() - begin) / 1e9);
        }
        return Row.of("record facts, median", Quantile.of(rates, .5), "1/s").atLeast(2_000);
    }

    private static RecordFactsRequest facts(int from) {
        return RecordFactsRequest.newBuilder()
                .addAllFacts(IntStream.range(from, from + EACH_CALL)
                        .mapToObj(number -> Fact.newBuilder()
                                .setQuestion("Where is parcel %d stored?".formatted(number))
                                .addHeldoutPhrasings("In which hall does parcel %d lie?".formatted(number))
                                .setAnswer("hall %d".formatted(number % 97))
                                .setLanguage("en")
                                .setSubject("parcel " + number)
                                .setRelation("stored in")
                                .build())
                        .toList())
                .build();
    }
}
