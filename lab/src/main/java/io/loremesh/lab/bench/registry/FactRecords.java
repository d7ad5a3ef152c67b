package io.loremesh.lab.bench.registry;

import io.loremesh.cli.connect.MeshClients;
import io.loremesh.lab.bench.Quantile;
import io.loremesh.lab.report.Row;
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
            clients.registry().facts().recordFacts(request);
            rates[call] = EACH_CALL / ((System.nanoTime() - begin) / 1e9);
        }
        return Row.of("record facts, median", Quantile.of(rates, .5), "1/s").atLeast(2_000);
    }

    private static RecordFactsRequest facts(int from) {
        return RecordFactsRequest.newBuilder()
                .addAllFacts(IntStream.range(from, from + EACH_CALL)
                        .mapToObj(number -> fact("parcel", number))
                        .toList())
                .build();
    }

    /** A fact of its own for each number of a kind of thing. */
    static Fact fact(String thing, int number) {
        return Fact.newBuilder()
                .setQuestion("Where is %s %d stored?".formatted(thing, number))
                .addHeldoutPhrasings("In which hall does %s %d lie?".formatted(thing, number))
                .setAnswer("hall %d".formatted(number % 97))
                .setLanguage("en")
                .setSubject("%s %d".formatted(thing, number))
                .setRelation("stored in")
                .build();
    }
}
