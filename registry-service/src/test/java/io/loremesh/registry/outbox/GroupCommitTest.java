package io.loremesh.registry.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final List<List<String>> asked = new ArrayList<>();
    private final List<UniEmitter<? super List<Uni<String>>>> open = new ArrayList<>();
    private final GroupCommit<String, String> commits = new GroupCommit<>(group -> {
        asked.add(group);
        return Uni.createFrom().emitter(open::add);
    });

    private UniAssertSubscriber<String> join(String request) {
        return commits.join(request).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    /** The group that is under way is done. */
    private void commit() {
        open.removeFirst()
                .complete(asked.getLast().stream()
                        .map(request -> Uni.createFrom().item(request.toUpperCase(Locale.ROOT)))
                        .toList());
    }

    private void fail(String reason) {
        open.removeFirst().fail(new IllegalStateException(reason));
    }

    @Test
    void whoComesAloneWaitsForNobody() {
        var one = join("a");

        assertThat(asked).containsExactly(List.of("a"));
        one.assertNotTerminated();

        commit();

        one.assertCompleted().assertItem("A");
        join("b");
        assertThat(asked).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void whoComesMeanwhileSharesTheNext() {
        join("a");
        var b = join("b");
        var c = join("c");

        assertThat(asked).containsExactly(List.of("a"));
        commit();

        assertThat(asked).containsExactly(List.of("a"), List.of("b", "c"));
        b.assertNotTerminated();
        commit();

        b.assertItem("B");
        c.assertItem("C");
    }

    @Test
    void aRefusalIsOnesOwn() {
        join("a");
        var b = join("b");
        var c = join("c");
        commit();

        open.removeFirst()
                .complete(List.of(
                        Uni.createFrom().failure(new IllegalArgumentException("not b")),
                        Uni.createFrom().item("C")));

        b.assertFailedWith(IllegalArgumentException.class, "not b");
        c.assertItem("C");
    }

    @Test
    void aGroupThatFailsIsDoneOneByOneAndNobodyFailsForAnother() {
        join("a");
        var b = join("b");
        var c = join("c");
        var d = join("d");
        commit();

        fail("somebody's");
        assertThat(asked.getLast()).containsExactly("b");
        commit();
        fail("c's");
        commit();

        b.assertItem("B");
        c.assertFailedWith(IllegalStateException.class, "c's");
        d.assertItem("D");
        assertThat(asked)
                .containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("b"), List.of("c"), List.of("d"));
    }

    @Test
    void afterAFailureTheNextIsServed() {
        var a = join("a");
        var b = join("b");

        fail("the database is away");
        commit();

        a.assertFailedWith(IllegalStateException.class, "the database is away");
        b.assertItem("B");
    }
}
