package io.loremesh.lab.eval;

import io.loremesh.cli.terminal.Terminal;
import io.loremesh.lab.metric.Answered;
import io.loremesh.lab.suite.Ability;
import io.loremesh.lab.suite.BaseSuite;
import io.loremesh.lab.suite.Probe;
import io.loremesh.lab.world.WorldSeeds;
import io.loremesh.model.answer.Language;
import io.loremesh.proto.generator.v1.GeneratorServiceGrpc.GeneratorServiceBlockingStub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Puts every probe of the base's suite to a serving engine. */
final class BaseFlow {
    /** The draws of a suite; fixed, so that two bases answer the same questions. */
    static final long DRAWS = 1;

    private final BaseSuite suite;
    private final int n;
    private final Terminal terminal;

    /** @param n probes of each ability in each language */
    BaseFlow(WorldSeeds seeds, int n, Terminal terminal) {
        this.suite = new BaseSuite(seeds);
        this.n = n;
        this.terminal = terminal;
    }

    /**
     * Asks all and returns when the last is answered.
     *
     * @param generator a stub with a fresh deadline
     * @throws io.grpc.StatusRuntimeException if the engine refuses a probe; none is left out
     */
    List<Asked> ask(Supplier<GeneratorServiceBlockingStub> generator) throws InterruptedException {
        var questions = new ArrayList<Callable<Asked>>();
        for (Ability ability : Ability.values()) {
            for (Language language : Language.values()) {
                for (Probe probe : suite.probes(ability, language, n, DRAWS)) {
                    questions.add(() -> asked(ability, language, probe, generator.get()));
                }
            }
        }
        return Questioning.all(questions, terminal);
    }

    private static Asked asked(
            Ability ability, Language language, Probe probe, GeneratorServiceBlockingStub generator) {
        return new Asked(ability, language, new Answered(probe.accepted(), ProbeChat.answer(probe, generator)));
    }
}
