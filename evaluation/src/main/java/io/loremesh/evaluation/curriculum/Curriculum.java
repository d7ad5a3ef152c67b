package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.curriculum.Phase.Check;
import io.loremesh.evaluation.world.World;
import io.loremesh.evaluation.world.WorldSeeds;
import java.util.List;

/**
 * The order in which a base learns; {@link DemoPhases} has the demo base's lessons.
 *
 * @param phases one after the other; each has its budget and the check that lets the next one begin
 */
public record Curriculum(List<Phase> phases) {

    public Curriculum {
        phases = List.copyOf(phases);
    }

    /** @param scale factor on every phase's budget; 1 is 104 million tokens */
    public static Curriculum demo(WorldSeeds seeds, int vocabularySize, double scale) {
        DemoPhases lessons = new DemoPhases(new World(seeds), vocabularySize, scale);
        return new Curriculum(List.of(
                lessons.copying(), lessons.reading(), lessons.subjects(), lessons.everything(), lessons.settling()));
    }

    /** Samples of all that has words, in the proportions of the last phase. */
    public static SampleSource everything(World world) {
        return new Mixture(DemoPhases.everyday(world));
    }

    /** The abilities measured by teacher forcing during pre-training. */
    public static List<Check> checks(WorldSeeds seeds) {
        return DemoPhases.checks(new World(seeds));
    }

    /** The budgets of all phases together. */
    public long tokens() {
        return phases.stream().mapToLong(Phase::tokens).sum();
    }
}
