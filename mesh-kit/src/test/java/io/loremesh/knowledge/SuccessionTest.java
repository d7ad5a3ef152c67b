package io.loremesh.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.loremesh.events.Event;
import io.loremesh.events.EventType;
import io.loremesh.knowledge.Succession.Decision;
import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.knowledge.v1.DocumentRetraction;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.knowledge.v1.FactRetraction;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessionTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(3_600);

    private final KnowledgeModel model = new KnowledgeModel();

    @Test
    void aLateEventDoesNotOverwriteANewerOne() {
        apply(fact("a", "11"), 2);
        apply(fact("a", "10"), 1);

        assertThat(answer("a")).contains("11");
    }

    @Test
    void ofTwoAtTheSameTimeTheOneThatKafkaTookLaterStandsWhicheverIsReadFirst() {
        Event first = event(fact("a", "10"), 1);
        Event second = event(fact("a", "11"), 1);

        model.apply(second, NOON.plusMillis(2), LATER);
        model.apply(first, NOON.plusMillis(1), LATER);

        assertThat(answer("a")).contains("11");
    }

    @Test
    void anEventThatIsRepeatedChangesNothing() {
        Event ten = event(fact("a", "10"), 1);
        model.apply(ten, NOON, LATER);
        apply(fact("a", "11"), 2);
        model.apply(ten, NOON, LATER);

        assertThat(answer("a")).contains("11");
        assertThat(Succession.decide(Optional.of(Stamp.of(ten, NOON)), Stamp.of(ten, NOON)))
                .isInstanceOfSatisfying(Decision.Ignore.class, ignore -> assertThat(ignore.reason())
                        .contains("applied before"));
    }

    @Test
    void aRetractionThatComesBeforeItsRecordStands() {
        apply(FactRetraction.newBuilder().setName("facts/a").build(), 2);
        apply(fact("a", "10"), 1);

        assertThat(model.held()).isEmpty();

        apply(fact("a", "12"), 3);
        assertThat(answer("a")).contains("12");
    }

    @Test
    void whatSupersedesAnUnknownFactWithdrawsItForWhenItComes() {
        apply(fact("b", "11").toBuilder().setSupersedes("facts/a").build(), 2);
        apply(fact("a", "10"), 1);

        assertThat(model.held()).containsOnlyKeys("facts/b");
    }

    @Test
    void aLateFactStillSupersedes() {
        apply(fact("a", "10"), 1);
        apply(fact("b", "12"), 3);
        apply(fact("b", "11").toBuilder().setSupersedes("facts/a").build(), 2);

        assertThat(model.held()).containsOnlyKeys("facts/b");
        assertThat(answer("b")).contains("12");
    }

    @Test
    void whatWasSupersededAndIsRecordedAgainLaterStands() {
        apply(fact("a", "10"), 1);
        apply(fact("b", "11").toBuilder().setSupersedes("facts/a").build(), 2);
        apply(fact("a", "10"), 3);

        assertThat(model.held()).containsOnlyKeys("facts/a", "facts/b");
    }

    @Test
    void aFactOfTheFutureWaitsAndWhatHeldBeforeHoldsUntilThen() {
        apply(fact("a", "10"), 1);
        apply(from(fact("a", "11"), LATER.plusSeconds(60)), 2);
        assertThat(answer("a")).contains("10");

        model.advance(LATER.plusSeconds(59));
        assertThat(answer("a")).contains("10");

        model.advance(LATER.plusSeconds(60));
        assertThat(answer("a")).contains("11");
    }

    @Test
    void whatIsSaidMeanwhileStandsOverAFactThatWaited() {
        apply(from(fact("a", "11"), LATER.plusSeconds(60)), 2);
        apply(fact("a", "12"), 3);

        model.advance(LATER.plusSeconds(60));

        assertThat(answer("a")).contains("12");
    }

    @Test
    void aFactIsAnsweredFromItsFirstMomentToBeforeItsLast() {
        Fact fact = from(fact("a", "10"), NOON).toBuilder()
                .setValidTo(timestamp(LATER))
                .build();

        assertThat(Succession.holds(fact, NOON.minusNanos(1))).isFalse();
        assertThat(Succession.holds(fact, NOON)).isTrue();
        assertThat(Succession.holds(fact, LATER.minusNanos(1))).isTrue();
        assertThat(Succession.holds(fact, LATER)).isFalse();
    }

    @Test
    void aFactThatIsOverDoesNotBringBackWhatItReplaced() {
        apply(fact("a", "10"), 1);
        apply(fact("a", "11").toBuilder().setValidTo(timestamp(NOON)).build(), 2);

        assertThat(answer("a")).contains("11");
        assertThat(Succession.holds((Fact) model.held().get("facts/a"), LATER)).isFalse();
    }

    @Test
    void whatIsNoKnowledgeOrBreaksItsRulesIsRefused() {
        apply(EventType.ANSWER_GIVEN, Answer.getDefaultInstance(), 1);
        apply(FactRetraction.getDefaultInstance(), 1);
        apply(DocumentRetraction.newBuilder().setName("facts/a").build(), 1);
        apply(fact("a", "10").toBuilder().setSupersedes("a").build(), 1);

        assertThat(model.refused()).hasSize(4).first().asString().contains("loremesh.answers.v1");
    }

    /** The property that makes two consumers equal: what is held does not depend on the order of reading. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsHeldDoesNotDependOnTheOrderOfReading(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<KnowledgeSequence.Sent> sent = KnowledgeSequence.random(random, 25, NOON);
            var inOrder = new KnowledgeModel();
            sent.forEach(one -> inOrder.apply(one.event(), one.taken(), LATER));
            inOrder.advance(LATER.plusSeconds(7_200));
            var shuffled = new ArrayList<>(sent);
            shuffled.addAll(sent.subList(0, 5)); // delivered twice
            Collections.shuffle(shuffled, random);
            var otherwise = new KnowledgeModel();
            Instant now = LATER;
            for (KnowledgeSequence.Sent one : shuffled) {
                now = now.plusSeconds(random.nextInt(200));
                otherwise.advance(now);
                otherwise.apply(one.event(), one.taken(), now);
            }
            otherwise.advance(LATER.plusSeconds(7_200));

            assertThat(otherwise.held()).isEqualTo(inOrder.held());
            assertThat(otherwise.stamps()).isEqualTo(inOrder.stamps());
        }
    }

    @Test
    void aStampIsReadBack() {
        var stamp = Stamp.of(event(fact("a", "10"), 1), NOON);

        assertThat(Stamp.parse(stamp.toText())).isEqualTo(stamp);
    }

    private void apply(Message payload, int minute) {
        model.apply(event(payload, minute), NOON, LATER);
    }

    private void apply(EventType type, Message payload, int minute) {
        model.apply(
                new Event("e", type, URI.create("/test"), "", NOON.plusSeconds(60L * minute), payload), NOON, LATER);
    }

    private static Event event(Message payload, int minute) {
        return KnowledgeSequence.event("e" + payload.hashCode(), payload, NOON.plusSeconds(60L * minute));
    }

    private Optional<String> answer(String id) {
        return Optional.ofNullable((Fact) model.held().get("facts/" + id)).map(Fact::getAnswer);
    }

    private static Fact fact(String id, String answer) {
        return Fact.newBuilder()
                .setName("facts/" + id)
                .setQuestion("How old is " + id + "?")
                .setAnswer(answer)
                .build();
    }

    private static Fact from(Fact fact, Instant time) {
        return fact.toBuilder().setValidFrom(timestamp(time)).build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
