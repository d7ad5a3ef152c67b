package io.loremesh.registry.evaluation;

import io.loremesh.registry.failure.RegistryException;
import io.loremesh.registry.failure.RegistryException.Kind;
import io.loremesh.registry.version.VersionName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;

/** Answers as a script says, remembers what it was asked, and is away from one question on where it is told to. */
final class ScriptedProbe implements VersionProbe {
    private final BiFunction<VersionName, String, String> script;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private int answersLeft = Integer.MAX_VALUE;

    ScriptedProbe(BiFunction<VersionName, String, String> script) {
        this.script = script;
    }

    synchronized void goAwayAfter(int answers) {
        answersLeft = answers;
    }

    /** Each question asked, with the version's number before it. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Uni<Boolean> isPresent() {
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<Void> load(VersionName version) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public synchronized Uni<GivenAnswer> answer(VersionName version, String question, int maxTokens) {
        if (answersLeft-- <= 0) {
            return Uni.createFrom().failure(new RegistryException(Kind.UNAVAILABLE, "the generator is away"));
        }
        asked.add(version.number() + " " + question);
        return Uni.createFrom().item(new GivenAnswer(script.apply(version, question), Duration.ofMillis(5)));
    }

    /** The first is the right one, and the likeliest. */
    @Override
    public Uni<List<Score>> score(VersionName version, List<Continuation> continuations) {
        return Uni.createFrom()
                .item(java.util.stream.IntStream.range(0, continuations.size())
                        .mapToObj(i -> new Score(-i, 3))
                        .toList());
    }

    @Override
    public Uni<List<double[]>> divergence(VersionName candidate, VersionName parent, List<Continuation> continuations) {
        return Uni.createFrom()
                .item(continuations.stream().map(each -> new double[] {0.01}).toList());
    }
}
