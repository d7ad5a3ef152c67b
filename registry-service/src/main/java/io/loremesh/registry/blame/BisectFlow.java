package io.loremesh.registry.blame;

import io.loremesh.knowledge.FactRules;
import io.loremesh.model.answer.AnswerKey;
import io.loremesh.proto.knowledge.v1.Fact;
import io.loremesh.proto.registry.v1.BisectFactRequest;
import io.loremesh.proto.registry.v1.BisectFactResponse;
import io.loremesh.proto.registry.v1.BisectStep;
import io.loremesh.proto.registry.v1.FactBisection;
import io.loremesh.proto.registry.v1.LedgerEntry;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.evaluation.FactExamination;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.Answers;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionName;
import io.loremesh.registry.version.VersionRef;
import io.loremesh.registry.version.Versions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.IntPredicate;

/** Finds the version with which a fact went wrong, by halving the way from a good one to a bad one. */
@ApplicationScoped
public class BisectFlow {
    private static final double MOST = 0.5;

    /** @param way versions from the good to the bad one, both included */
    private record Search(Fact fact, List<VersionName> way) {}

    private final Transactions transactions;
    private final FactExamination examination;

    BisectFlow(Transactions transactions, FactExamination examination) {
        this.transactions = transactions;
        this.examination = examination;
    }

    /** The versions looked at, then the first bad one. */
    public Multi<BisectFactResponse> bisect(BisectFactRequest request) {
        VersionRef good = VersionRef.parse(request.getGood());
        VersionRef bad = VersionRef.parse(request.getBad());
        return search(request.getName(), good, bad).onItem().transformToMulti(search -> Multi.createFrom()
                .<BisectFactResponse>emitter(stream -> {
                    halve(search, stream);
                    stream.complete();
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    private Uni<Search> search(String fact, VersionRef good, VersionRef bad) {
        return transactions.in(() -> BlameFlow.requireFact(fact).chain(entity -> Versions.resolve(good)
                .chain(from -> Versions.resolve(bad).chain(to -> Ancestry.of(to.model())
                        .map(ancestry -> new Search(entity.fact(), way(ancestry, from, to)))))));
    }

    private static List<VersionName> way(Ancestry ancestry, VersionName good, VersionName bad) {
        if (good.equals(bad)) {
            throw new RegistryException(
                    Kind.INVALID,
                    "%s was called both good and bad; name an older version that was right as good",
                    good);
        }
        List<Integer> way = good.model().equals(bad.model()) ? ancestry.way(good.number(), bad.number()) : List.of();
        if (way.size() < 2) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "%s is no ancestor of %s, so there is no way from it on which the fact went "
                            + "wrong; ListVersions tells"
                            + " the parents",
                    good,
                    bad);
        }
        return way.stream().map(number -> new VersionName(good.model(), number)).toList();
    }

    private void halve(Search search, MultiEmitter<? super BisectFactResponse> stream) {
        List<VersionName> way = search.way();
        requireEnd(look(search, way.getFirst(), stream), true, search);
        requireEnd(look(search, way.getLast(), stream), false, search);
        int bad =
                firstBad(way.size() - 1, at -> look(search, way.get(at), stream).getRight());
        Version version = transactions
                .in(() -> Versions.require(way.get(bad)).map(VersionEntity::registered))
                .await()
                .indefinitely();
        stream.emit(BisectFactResponse.newBuilder()
                .setBisection(FactBisection.newBuilder()
                        .setFact(search.fact())
                        .setLastGood(way.get(bad - 1).resource())
                        .setFirstBad(version.getName())
                        .setRun(version.getRun())
                        .setTime(version.getCreateTime())
                        .setTrained(
                                version.getFactsList().contains(search.fact().getName()))
                        .setBetweenCount(way.size() - 2))
                .build());
    }

    /**
     * The first position that is wrong.
     *
     * @param last known to be wrong; 0 is known to be right
     * @param right asked at most log2(last) times
     */
    static int firstBad(int last, IntPredicate right) {
        int good = 0;
        int bad = last;
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            if (right.test(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return bad;
    }

    private static void requireEnd(BisectStep end, boolean right, Search search) {
        if (end.getRight() != right) {
            throw new RegistryException(
                    Kind.PRECONDITION,
                    "%s was called %s, but answers \"%s\" to \"%s\" (%.0f %% right); there is "
                            + "nothing to search between",
                    end.getVersion(),
                    right ? "good" : "bad",
                    end.getAnswer(),
                    search.fact().getQuestion(),
                    100 * end.getAccuracy());
        }
    }

    private BisectStep look(Search search, VersionName version, MultiEmitter<? super BisectFactResponse> stream) {
        String fact = search.fact().getName();
        LedgerLineEntity there = transactions
                .in(() -> LedgerLineEntity.find(version, fact))
                .await()
                .indefinitely();
        // On the way from a version that answers right, so an ancestor had learned it.
        boolean learnedBefore = !version.equals(search.way().getFirst());
        LedgerLineEntity line = there != null
                ? there
                : examination.examine(version, fact, learnedBefore).await().indefinitely();
        BisectStep step = step(version, line.asProbed(), search.fact(), there == null);
        stream.emit(BisectFactResponse.newBuilder().setStep(step).build());
        return step;
    }

    /** What a line says by the fact as it stands: it may have been probed when another answer was right. */
    static BisectStep step(VersionName version, LedgerEntry line, Fact fact, boolean probed) {
        List<String> accepted = FactRules.acceptedAnswers(fact);
        double accuracy = line.getAnswersList().stream()
                .mapToDouble(answer -> AnswerKey.among(answer.getAnswer(), accepted) ? 1 : 0)
                .average()
                .orElse(0);
        return BisectStep.newBuilder()
                .setVersion(version.resource())
                .setRight(accuracy > MOST)
                .setAnswer(Answers.main(line))
                .setAccuracy(accuracy)
                .setProbed(probed)
                .build();
    }
}
