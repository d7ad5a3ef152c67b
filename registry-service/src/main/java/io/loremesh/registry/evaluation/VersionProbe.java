package io.loremesh.registry.evaluation;

import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * What an evaluation asks of the serving engine: what is promoted is what was measured. Errors: RegistryException
 * UNAVAILABLE while the engine is away.
 */
public interface VersionProbe {
    /**
     * An answer from the weights alone.
     *
     * @param time of the answer itself, waiting for a free slot left out
     */
    record GivenAnswer(String text, Duration time) {}

    /** A continuation of a bare question. */
    record Continuation(String question, String text) {}

    /**
     * How likely a continuation is.
     *
     * @param mean log-probability per token, nats
     */
    record Score(double mean, int tokens) {}

    /** Whether the engine answers now. Never fails. */
    Uni<Boolean> isPresent();

    /** Makes a version ready to be asked. */
    Uni<Void> load(VersionName version);

    /**
     * Greedy, nothing retrieved, not recorded.
     *
     * @param maxTokens 0 means the engine's default
     */
    Uni<GivenAnswer> answer(VersionName version, String question, int maxTokens);

    /** The score of each continuation, in order. At most 256. */
    Uni<List<Score>> score(VersionName version, List<Continuation> continuations);

    /** KL(parent ‖ candidate) of each token of each continuation, nats, in order. At most 256 continuations. */
    Uni<List<double[]>> divergence(VersionName candidate, VersionName parent, List<Continuation> continuations);
}
