package io.loremesh.registry.screening;

import io.loremesh.proto.registry.v1.FactScreening;
import io.loremesh.proto.registry.v1.ScreenFactsRequest;
import io.loremesh.proto.registry.v1.Screening;
import io.loremesh.registry.authority.Authorities;
import io.loremesh.registry.authority.Authority;
import io.loremesh.registry.evaluation.Policies;
import io.loremesh.registry.evaluation.PolicyFile;
import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.outbox.Transactions;
import io.loremesh.registry.version.VersionRef;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The story of a check: the policy that holds, its authority, each fact by both, and what was found kept with the run.
 */
@ApplicationScoped
public class ScreeningFlow {
    private static final int MOST_FACTS = 1_000;
    private static final Pattern RUN = Pattern.compile("runs/[a-z0-9-]{1,63}");

    private final Policies policies;
    private final Authorities authorities;
    private final Transactions transactions;

    ScreeningFlow(Policies policies, Authorities authorities, Transactions transactions) {
        this.policies = policies;
        this.authorities = authorities;
        this.transactions = transactions;
    }

    public Uni<Screening> screen(ScreenFactsRequest request) {
        String model = VersionRef.model(request.getModel());
        requireSound(request);
        return policies.holding(model)
                .chain(policy -> authorities
                        .of(policy.screening())
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .map(authority -> judge(request, policy, authority)))
                .call(screening -> keep(request.getRun(), model, screening));
    }

    private static void requireSound(ScreenFactsRequest request) {
        if (request.getFactsCount() > MOST_FACTS) {
            throw new RegistryException(
                    Kind.INVALID, "%d facts in one request; send at most %d", request.getFactsCount(), MOST_FACTS);
        }
        if (!request.getRun().isEmpty() && !RUN.matcher(request.getRun()).matches()) {
            throw new RegistryException(Kind.INVALID, "\"%.80s\" names no run; write `runs/{run}`", request.getRun());
        }
    }

    private static Screening judge(ScreenFactsRequest request, PolicyFile policy, Optional<Authority> authority) {
        var rule = new ScreeningRuling(policy.screening(), authority);
        return Screening.newBuilder()
                .setPolicy(policy.policy().label())
                .setAuthority(authority.map(Authority::label).orElse(""))
                .addAllFacts(request.getFactsList().stream().map(rule::of).toList())
                .build();
    }

    /** A fact of which there is nothing to say leaves no line. */
    private Uni<Void> keep(String run, String model, Screening screening) {
        Map<String, FactScreening> byFact = screening.getFactsList().stream()
                .collect(Collectors.toMap(FactScreening::getFact, Function.identity(), (one, same) -> same));
        return run.isEmpty() || byFact.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.in(() -> ScreenedFactEntity.replace(
                        run,
                        model,
                        byFact.keySet(),
                        byFact.values().stream()
                                .filter(ScreeningRuling::tellsSomething)
                                .toList()));
    }
}
