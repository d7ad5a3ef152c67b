package io.loremesh.evaluation.curriculum;

import io.loremesh.evaluation.curriculum.Phase.Check;
import io.loremesh.evaluation.world.World;
import io.loremesh.evaluation.world.WorldSeeds;
import java.util.List;

/**
 * The order in which a base learns; {@link DemoPhases} has the demo base's lessons.
 *
 * @param phases one after the other; each has its budget and the check that lets the next one begin
 * @param abilities measured by teacher forcing at the end
 */
public record Curriculum(List<Phase> phases, List<Check> abilities) {

    public Curriculum {
        phases = List.copyOf(phases);
        abilities = List.copyOf(abilities);
    }

    /** @param scale factor on every phase's budget, of which 1 is 134 million tokens, and below 1 on what is drawn for a check */
    public static Curriculum demo(WorldSeeds seeds, int vocabularySize, double scale) {
        DemoPhases lessons = new DemoPhases(new World(seeds), vocabularySize, scale);
        return new Curriculum(
                List.of(
                        lessons.copying(),
                        lessons.reading(),
                        lessons.subjects(),
                        lessons.everything(),
                        lessons.settling(),
                        lessons.widening()),
                lessons.abilities());
    }

    /** Samples of all that has words, in even measure. */
    public static SampleSource everything(World world) {
        return new Mixture(DemoPhases.everyday(world));
    }

    /** The budgets of all phases together. */
    public long tokens() {
        return phases.stream().mapToLong(Phase::tokens).sum();
    }
}
