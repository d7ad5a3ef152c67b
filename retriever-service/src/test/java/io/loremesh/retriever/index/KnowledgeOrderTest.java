package io.loremesh.retriever.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.loremesh.knowledge.KnowledgeModel;
import io.loremesh.knowledge.KnowledgeSequence;
import io.loremesh.knowledge.KnowledgeSequence.Sent;
import io.loremesh.knowledge.Stamp;
import io.loremesh.knowledge.Succession;
import io.loremesh.proto.knowledge.v1.Document;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.Passage;
import io.loremesh.retriever.RealEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After any events in any order, some of them twice, the index holds and serves what the model says. */
class KnowledgeOrderTest {
    private static final Instant START =
            Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    private static final int ROUNDS = 6;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theIndexEqualsTheModelAfterAnyOrder(long seed, @TempDir Path directory) throws Exception {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Sent> sent = KnowledgeSequence.random(random, 30, START);
            var model = new KnowledgeModel();
            sent.forEach(one -> model.apply(one.event(), one.taken(), Instant.now()));
            List<Sent> read = new ArrayList<>(sent);
            read.addAll(sent.subList(0, 6));
            Collections.shuffle(read, random);
            Instant end = START.plus(Duration.ofHours(3));
            model.advance(end);

            Path path = directory.resolve("round-" + round);
            LucenePassageIndex index = LucenePassageIndex.open(path, RealEncoder.get());
            var flow = new KnowledgeFlow(index, RealEncoder.get(), new SupersedeRule(0.5));
            for (int i = 0; i < read.size(); i++) {
                Sent one = read.get(i);
                flow.apply(one.event(), Stamp.of(one.event(), one.taken()), 0, i);
                if (random.nextInt(5) == 0) {
                    flow.settle();
                }
                if (random.nextInt(10) == 0) {
                    flow.commit();
                    index.close();
                    index = LucenePassageIndex.open(path, RealEncoder.get());
                    flow = new KnowledgeFlow(index, RealEncoder.get(), new SupersedeRule(0.5));
                }
            }
            flow.settle();
            flow.applyDue(end);

            for (Map.Entry<String, Stamp> stamp : model.stamps().entrySet()) {
                assertThat(index.stamp(stamp.getKey()))
                        .as("seed %d, round %d", seed, round)
                        .contains(stamp.getValue());
                assertThat(index.claim(stamp.getKey()).map(Claim::fact))
                        .isEqualTo(Optional.ofNullable(model.held().get(stamp.getKey()))
                                .filter(Fact.class::isInstance)
                                .map(Fact.class::cast));
            }
            assertThat(served(index)).containsExactlyInAnyOrderElementsOf(answered(model));
            index.close();
        }
    }

    private static List<String> answered(KnowledgeModel model) {
        List<String> texts = new ArrayList<>();
        for (Message message : model.held().values()) {
            switch (message) {
                case Fact fact
                when Succession.holds(fact, fact.hasValidTo() ? Instant.now() : Instant.MAX) ->
                    texts.add(fact.getQuestion() + " " + fact.getAnswer() + ".");
                case Document document -> texts.add(document.getText());
                default -> assertThat(message).isInstanceOf(Fact.class);
            }
        }
        return texts;
    }

    private static List<String> served(PassageIndex index) throws Exception {
        var everything = new CandidateQuery(
                Optional.empty(), Optional.of(RealEncoder.get().encode("ADA")), 100, CandidateQuery.Filter.NONE);
        return index.find(everything).list().stream()
                .map(Candidate::passage)
                .map(Passage::getText)
                .toList();
    }
}
