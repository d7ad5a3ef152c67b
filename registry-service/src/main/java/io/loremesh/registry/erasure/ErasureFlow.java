package io.loremesh.registry.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loremesh.proto.generator.v1.Answer;
import io.loremesh.proto.generator.v1.Citation;
import io.loremesh.proto.generator.v1.LoadedVersion;
import io.loremesh.proto.registry.v1.AliasMove;
import io.loremesh.proto.registry.v1.EraseFactRequest;
import io.loremesh.proto.registry.v1.EraseFactResponse;
import io.loremesh.proto.registry.v1.ErasureProbe;
import io.loremesh.proto.registry.v1.ErasureProof;
import io.loremesh.registry.artifact.ContentDigest;
import io.loremesh.registry.audit.CallTrace;
import io.loremesh.registry.drift.DriftErasure;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.promotion.PromotionFlow;
import io.loremesh.registry.resource.ProtoJson;
import io.loremesh.registry.resource.Timestamps;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The story of an erasure: retract the fact, find who holds it, take holders out of service, forget what live answers
 * told of it, ask the served model whether it is gone. Every step may be repeated: a call that was cut off is simply
 * made again.
 */
@ApplicationScoped
public class ErasureFlow {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(250);

    private final ErasureRecords records;
    private final PromotionFlow promotion;
    private final ServedModel served;
    private final DriftErasure drift;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("erasure").daemon().factory());

    ErasureFlow(ErasureRecords records, PromotionFlow promotion, ServedModel served, DriftErasure drift) {
        this.records = records;
        this.promotion = promotion;
        this.served = served;
        this.drift = drift;
    }

    /** What is being done, then the proof. A cancelled call ends no erasure. */
    public Multi<EraseFactResponse> erase(EraseFactRequest request) {
        var order = ErasureOrder.of(request, CallTrace.current());
        return Multi.createFrom()
                .<EraseFactResponse>emitter(stream -> {
                    ErasureProof proof = erase(
                            order,
                            stage -> stream.emit(EraseFactResponse.newBuilder()
                                    .setStage(stage)
                                    .build()));
                    stream.emit(EraseFactResponse.newBuilder().setProof(proof).build());
                    stream.complete();
                })
                .runSubscriptionOn(executor);
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }

    private ErasureProof erase(ErasureOrder order, Consumer<String> tell) {
        ErasedFact fact = now(records.fact(order));
        tell.accept("retracting " + fact.name());
        now(records.retract(order));
        tell.accept("looking for versions that hold it");
        Set<VersionName> holders = now(records.findHolders(order));
        Optional<AliasMove> rollback = takeOutOfService(order, fact, holders, tell);
        // Whether the version on trial holds it, its ledger alone cannot tell; it can be tried again.
        now(promotion.stopTrial(
                order.model(),
                order.actor(),
                "%s was erased: %s".formatted(fact.name(), order.reason()),
                order.trace()));
        tell.accept("forgetting the live answers that tell it");
        drift.erase(fact::isIn);
        VersionName active = now(records.active(order.model()));
        tell.accept("probing " + active);
        return prove(order, fact, rollback, active);
    }

    /** A version that tells the fact holds it, whatever its ledger says. */
    private Optional<AliasMove> takeOutOfService(
            ErasureOrder order, ErasedFact fact, Set<VersionName> holders, Consumer<String> tell) {
        VersionName active = now(records.active(order.model()));
        if (active.isBare() || !(holders.contains(active) || tells(order, fact, active))) {
            return Optional.empty();
        }
        VersionName target = now(records.acceptedBefore(active)).stream()
                .filter(older -> !holders.contains(older) && !tells(order, fact, older))
                .findFirst()
                .orElse(VersionName.bare(order.model()));
        tell.accept("rolling back to " + target);
        String reason = "%s was erased: %s".formatted(fact.name(), order.reason());
        return Optional.of(now(promotion.rollBackTo(target, order.actor(), reason, order.trace())));
    }

    private boolean tells(ErasureOrder order, ErasedFact fact, VersionName version) {
        try {
            boolean tells = fact.questions().stream()
                    .anyMatch(question ->
                            fact.toldBy(served.askWeights(version, question).getText()));
            if (tells) {
                now(records.addHolder(order, version));
            }
            return tells;
        } catch (RegistryException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throw e;
            }
            // Without the generator the ledger alone decides; the proof will not be made.
            return false;
        }
    }

    private ErasureProof prove(ErasureOrder order, ErasedFact fact, Optional<AliasMove> rollback, VersionName active) {
        Optional<LoadedVersion> serving = await(served::active, loaded -> loaded.filter(
                        version -> version.getVersion().equals(active.resource()))
                .isPresent());
        List<ErasureProbe> probes =
                await(() -> probe(fact), found -> found.stream().noneMatch(ErasureProbe::getTells));
        var proof = ErasureProof.newBuilder()
                .setFact(fact.name())
                .setModel("models/" + order.model())
                .addAllErasedDigests(fact.digests())
                .addAllHolders(now(records.findHolders(order)).stream()
                        .sorted(Comparator.comparing(VersionName::number))
                        .map(VersionName::resource)
                        .toList())
                .addAllProbes(probes)
                .setCreateTime(Timestamps.of(Timestamps.now()));
        rollback.ifPresent(proof::setRollback);
        serving.ifPresent(version -> proof.setServed(version.getVersion()).setServedDigest(version.getDigest()));
        String finding = finding(serving, active, probes);
        proof.setFinding(finding).setGone(finding.isEmpty());
        String proofDigest =
                ContentDigest.of(ProtoJson.write(proof.build()).getBytes(UTF_8)).toString();
        return proof.setAuditEntry(now(records.close(
                        order,
                        Map.of(
                                "model", proof.getModel(),
                                "served", proof.getServed(),
                                "served_digest", proof.getServedDigest(),
                                "gone", String.valueOf(proof.getGone()),
                                "probes", String.valueOf(probes.size()),
                                "proof_digest", proofDigest))))
                .build();
    }

    /** Each phrasing to the weights alone, and as any user asks it. */
    private List<ErasureProbe> probe(ErasedFact fact) {
        var probes = new ArrayList<ErasureProbe>();
        for (boolean heldout : List.of(false, true)) {
            for (String question : heldout ? fact.heldoutQuestions() : fact.questions()) {
                for (boolean weightsOnly : List.of(true, false)) {
                    probes.add(probe(fact, question, heldout, weightsOnly));
                }
            }
        }
        return probes;
    }

    private ErasureProbe probe(ErasedFact fact, String question, boolean heldout, boolean weightsOnly) {
        Answer answer = served.ask(question, weightsOnly);
        return ErasureProbe.newBuilder()
                .setQuestion(question)
                .setHeldout(heldout)
                .setWeightsOnly(weightsOnly)
                .setAnswer(answer.getText())
                .setVersion(answer.getVersion())
                .setPath(answer.getPath().name().replace("PATH_", ""))
                .addAllCitations(answer.getCitationsList().stream()
                        .map(Citation::getPassage)
                        .toList())
                .setTells(fact.toldBy(answer.getText()))
                .build();
    }

    /** Why it is not gone; empty when it is. */
    static String finding(Optional<LoadedVersion> serving, VersionName active, List<ErasureProbe> probes) {
        String loaded = serving.map(LoadedVersion::getVersion).orElse("nothing");
        if (!loaded.equals(active.resource())) {
            return "the generator serves %s and not %s; look at its log, then erase again".formatted(loaded, active);
        }
        Optional<ErasureProbe> weights = probes.stream()
                .filter(probe -> probe.getTells() && probe.getWeightsOnly())
                .findFirst();
        if (weights.isPresent()) {
            return active.isBare()
                    ? "the bare base itself tells it, asked \"%s\"; no adapter holds it, only another base helps"
                            .formatted(weights.get().getQuestion())
                    : "%s still tells it, asked \"%s\"; roll back further or train without it, then erase again"
                            .formatted(active, weights.get().getQuestion());
        }
        return probes.stream()
                .filter(ErasureProbe::getTells)
                .findFirst()
                .map(probe -> "retrieval still tells it, asked \"%s\", from %s; retract these, then erase again"
                        .formatted(probe.getQuestion(), probe.getCitationsList()))
                .orElse("");
    }

    /** Looks until it is as wanted, or for as long as a mesh takes to hear of a change; what was seen last. */
    private static <T> T await(Supplier<T> look, Predicate<T> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        return Uni.createFrom()
                .item(look)
                .repeat()
                .withDelay(POLL)
                .whilst(seen -> !wanted.test(seen) && System.nanoTime() < deadline)
                .collect()
                .last()
                .await()
                .indefinitely();
    }

    private static <T> T now(Uni<T> work) {
        return work.await().indefinitely();
    }
}
