package io.loremesh.registry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.registry.ledger.FactChange.Origin;
import io.loremesh.registry.ledger.FactChange.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactPagesTest {
    private static final Fact TEN = fact("facts/age", "10");
    private static final Fact ELEVEN = fact("facts/age", "11");

    private static Fact fact(String name, String answer) {
        return Fact.newBuilder()
                .setName(name)
                .setQuestion("How old is Jim?")
                .setAnswer(answer)
                .build();
    }

    private static Origin event(String id) {
        return new Origin(id, "/test", Instant.EPOCH);
    }

    private static FactEntity standing(Fact fact) {
        var pages = new FactPages(List.of(), List.of());
        pages.apply(new FactChange.Recorded(fact, event("before")));
        return pages.added().getFirst();
    }

    @Test
    void eachChangeSeesWhatThoseBeforeItDid() {
        var pages = new FactPages(List.of(), List.of());

        pages.apply(new FactChange.Recorded(TEN, event("1")));
        pages.apply(new FactChange.Recorded(ELEVEN, event("2")));
        pages.apply(new FactChange.Retracted("facts/age", event("3")));
        Outcome last = pages.apply(new FactChange.Recorded(ELEVEN, event("4")));

        assertThat(last).isInstanceOfSatisfying(Outcome.Stands.class, stands -> assertThat(
                        stands.fact().getAnswer())
                .isEqualTo("11"));
        assertThat(pages.added()).singleElement().satisfies(fact -> {
            assertThat(fact.revision).isEqualTo(4);
            assertThat(fact.retracted).isFalse();
        });
        assertThat(pages.revisions())
                .extracting(revision -> revision.said().getAnswer(), revision -> revision.retracted)
                .containsExactly(tuple("10", false), tuple("11", false), tuple("11", true), tuple("11", false));
    }

    @Test
    void anEventIsAppliedOnceWhetherItCameBeforeOrTwiceAtOnce() {
        var pages = new FactPages(List.of(), List.of("/test before"));

        Outcome before = pages.apply(new FactChange.Recorded(TEN, event("before")));
        pages.apply(new FactChange.Recorded(TEN, event("1")));
        pages.apply(new FactChange.Recorded(ELEVEN, event("2")));
        Outcome again = pages.apply(new FactChange.Recorded(TEN, event("1")));

        assertThat(List.of(before, again)).allMatch(Outcome.Done.class::isInstance);
        assertThat(pages.revisions())
                .extracting(revision -> revision.said().getAnswer())
                .containsExactly("10", "11");
        assertThat(pages.applied()).extracting(event -> event.id).containsExactly("/test 1", "/test 2");
    }

    @Test
    void aRetractionOfWhatIsNotThereIsRefusedAndItsEventStaysOpen() {
        var pages = new FactPages(List.of(), List.of());

        Outcome outcome = pages.apply(new FactChange.Retracted("facts/age", event("1")));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                .hasMessageContaining("there is no fact \"facts/age\" to retract"));
        assertThat(pages.applied()).isEmpty();
        assertThat(pages.revisions()).isEmpty();
    }

    @Test
    void aFactThatSupersedesAnotherRetractsIt() {
        var pages = new FactPages(List.of(standing(TEN)), List.of());
        Fact newer =
                fact("facts/years", "11").toBuilder().setSupersedes("facts/age").build();

        pages.apply(new FactChange.Recorded(newer, event("1")));

        assertThat(pages.revisions())
                .extracting(revision -> revision.fact, revision -> revision.retracted)
                .containsExactly(tuple("facts/years", false), tuple("facts/age", true));
    }

    @Test
    void onlyWhatHadStoodCanHaveLinesToJudge() {
        var pages = new FactPages(List.of(standing(TEN)), List.of());

        pages.apply(new FactChange.Recorded(TEN, event("1")));
        pages.apply(new FactChange.Recorded(fact("facts/new", "1"), event("2")));
        assertThat(pages.said()).isEmpty();
        pages.apply(new FactChange.Recorded(ELEVEN, event("3")));
        pages.apply(new FactChange.Retracted("facts/age", event("4")));

        assertThat(pages.said().get("facts/age"))
                .extracting(said -> said.map(Fact::getAnswer))
                .containsExactly(Optional.of("11"), Optional.empty());
    }
}
