package io.loremesh.registry.outbox;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Group commit: those who come while a transaction is under way share the next one. Alone, nobody waits; together
 * they pay once for what a transaction costs. A group that fails is done again one by one, so that nobody fails for
 * another. Safe for concurrent use.
 *
 * @param <Q> what is asked
 * @param <R> what is answered
 */
public final class GroupCommit<Q, R> {
    private static final int MOST = 32;

    private final Function<List<Q>, Uni<List<Uni<R>>>> work;
    private final Queue<Member> waiting = new ConcurrentLinkedQueue<>();
    /** Members not yet answered; the one that raises it from 0 begins the group. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private final class Member {
        private final Q request;
        private final UniEmitter<? super R> answer;

        private Member(Q request, UniEmitter<? super R> answer) {
            this.request = request;
            this.answer = answer;
        }
    }

    /**
     * @param work answers a group in one transaction: for each request, in their order, an item or a failure that is
     *     its own
     */
    public GroupCommit(Function<List<Q>, Uni<List<Uni<R>>>> work) {
        this.work = work;
    }

    public Uni<R> join(Q request) {
        return Uni.createFrom().emitter(emitter -> {
            waiting.add(new Member(request, emitter));
            if (unanswered.getAndIncrement() == 0) {
                next();
            }
        });
    }

    private void next() {
        var group = new ArrayList<Member>();
        for (Member member; group.size() < MOST && (member = waiting.poll()) != null; ) {
            group.add(member);
        }
        answer(group)
                .onFailure()
                .recoverWithUni(failure -> group.size() > 1 ? oneByOne(group) : refuse(group.getFirst(), failure))
                .subscribe()
                .with(done -> {
                    if (unanswered.addAndGet(-group.size()) > 0) {
                        next();
                    }
                });
    }

    private Uni<Void> answer(List<Member> group) {
        return Uni.createFrom()
                .deferred(() ->
                        work.apply(group.stream().map(member -> member.request).toList()))
                .invoke(answers -> {
                    for (int i = 0; i < group.size(); i++) {
                        var emitter = group.get(i).answer;
                        answers.get(i).subscribe().with(emitter::complete, emitter::fail);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> oneByOne(List<Member> group) {
        return Multi.createFrom()
                .iterable(group)
                .onItem()
                .transformToUniAndConcatenate(member ->
                        answer(List.of(member)).onFailure().recoverWithUni(failure -> refuse(member, failure)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> refuse(Member member, Throwable failure) {
        return Uni.createFrom().voidItem().invoke(() -> member.answer.fail(failure));
    }
}
