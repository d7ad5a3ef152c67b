package io.loremesh.registry.blame;

import io.loremesh.proto.registry.v1.BlameFactRequest;
import io.loremesh.proto.registry.v1.FactBlame;
import io.loremesh.proto.registry.v1.Version;
import io.loremesh.registry.blame.BlameRule.Seen;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.ledger.FactEntity;
import io.loremesh.registry.ledger.FactRevisionEntity;
import io.loremesh.registry.ledger.LedgerLineEntity;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.BaseModels;
import io.loremesh.registry.version.VersionEntity;
import io.loremesh.registry.version.VersionRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells which version learned, lost or altered a fact, from which source, when, by which run. */
@ApplicationScoped
public class BlameFlow {
    private final Transactions transactions;

    BlameFlow(Transactions transactions) {
        this.transactions = transactions;
    }

    public Uni<FactBlame> blame(BlameFactRequest request) {
        String model = VersionRef.model(request.getModel());
        return transactions.in(() -> BaseModels.require(model)
                .chain(() -> requireFact(request.getName()))
                .chain(fact -> Ancestry.of(model).chain(ancestry -> revisions(fact.name)
                        .chain(revisions -> seen(model, fact.name).map(seen -> FactBlame.newBuilder()
                                .setFact(fact.fact())
                                .setRetracted(fact.retracted)
                                .addAllLines(new BlameRule(
                                                ancestry,
                                                seen,
                                                revisions.stream()
                                                        .map(FactRevisionEntity::toProto)
                                                        .toList())
                                        .lines())
                                .build())))));
    }

    /** Within a transaction. Errors: NOT_FOUND. */
    static Uni<FactEntity> requireFact(String name) {
        return FactEntity.<FactEntity>findById(name)
                .onItem()
                .ifNull()
                .failWith(() -> new RegistryException(
                        Kind.NOT_FOUND, "there is no fact \"%s\"; ListFacts shows what there is", name));
    }

    private static Uni<List<FactRevisionEntity>> revisions(String fact) {
        return FactRevisionEntity.list("fact = ?1 order by revision", fact);
    }

    private static Uni<List<Seen>> seen(String model, String fact) {
        return LedgerLineEntity.<LedgerLineEntity>list("model = ?1 and fact = ?2 order by version", model, fact)
                .chain(lines -> VersionEntity.<VersionEntity>list(
                                "model = ?1 and number in (select l.version from LedgerLineEntity l"
                                        + " where l.model = ?1 and l.fact = ?2)",
                                model,
                                fact)
                        .map(versions -> {
                            Map<Integer, Version> byNumber = versions.stream()
                                    .collect(Collectors.toMap(version -> version.number, VersionEntity::registered));
                            return lines.stream()
                                    .map(line -> seen(line, byNumber::get))
                                    .toList();
                        }));
    }

    private static Seen seen(LedgerLineEntity line, Function<Integer, Version> versions) {
        Version version = versions.apply(line.version);
        return new Seen(
                line.version,
                version == null
                        ? Version.newBuilder()
                                .setName(line.versionName().resource())
                                .build()
                        : version,
                line.asProbed(),
                line.state);
    }
}
