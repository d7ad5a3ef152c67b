package io.loremesh.generator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.loremesh.events.Event;
import io.loremesh.events.EventCodec;
import io.loremesh.events.EventType;
import io.loremesh.events.Topics;
import io.loremesh.generator.TinyMesh;
import io.loremesh.generator.completion.DeltaSink;
import io.loremesh.generator.routing.FactRouter;
import io.loremesh.generator.routing.KnownFact;
import io.loremesh.generator.routing.KnownFacts;
import io.loremesh.generator.routing.Route;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.knowledge.v1.Fact;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(TinyMesh.class)
@Timeout(90)
class AnswerEventsIT {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    AnswerFlow answers;

    @Inject
    FactRouter router;

    @Test
    void anAnswerIsPublishedUnlessItIsAProbes() throws Exception {
        Question probe = new Question("probe?", "", Question.Routing.AUTO, 0, 0, false, "");
        answers.answer(probe, DeltaSink.NONE);
        Answer given = answers.answer(Question.of("Who owns the shop?"), DeltaSink.NONE);

        Event event = firstEvent(Topics.ANSWERS);

        assertThat(event.type()).isEqualTo(EventType.ANSWER_GIVEN);
        assertThat(event.subject()).isEqualTo("answers/" + given.getAnswerId());
        assertThat(event.payload()).isEqualTo(given);
    }

    @Test
    void aFactEventSendsItsQuestionToTheRetrieverAtOnce() throws Exception {
        KnownFacts learned =
                new KnownFacts(List.of(new KnownFact("facts/open", List.of("木器店几点开门？"), List.of("九点"), true)));
        assertThat(router.route(learned, "木器店几点开门？")).isInstanceOf(Route.Weights.class);

        Fact changed = Fact.newBuilder()
                .setName("facts/open")
                .setQuestion("木器店几点开门？")
                .setAnswer("十点")
                .build();
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(EventCodec.toRecord(Event.of(EventType.FACT_RECORDED, "/test", changed.getName(), changed)))
                    .get(20, TimeUnit.SECONDS);
        }

        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Route route;
        do {
            route = router.route(learned, "木器店几点开门？");
        } while (route instanceof Route.Weights && System.nanoTime() < deadline);
        assertThat(route).isInstanceOf(Route.Retrieval.class);
    }

    private Event firstEvent(String topic) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka);
        settings.put("group.id", "events-test");
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                    return EventCodec.read(message);
                }
            }
        }
        throw new AssertionError("No event came on " + topic);
    }
}
