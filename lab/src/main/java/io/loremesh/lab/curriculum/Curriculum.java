package io.loremesh.lab.curriculum;

import io.loremesh.lab.curriculum.Phase.Check;
import io.loremesh.lab.world.World;
import io.loremesh.lab.world.WorldSeeds;
import java.util.List;

/**
 * The order in which a base learns; {@link DemoPhases} has the demo base's lessons.
 *
 * @param phases one after the other; each has its budget and the check that lets the next one begin
 * @param averaged of how many last phases the finished base is the mean (stochastic weight averaging, arXiv:1803.05407)
 * @param abilities measured by teacher forcing at the end
 */
public record Curriculum(List<Phase> phases, int averaged, List<Check> abilities) {

    public Curriculum {
        phases = List.copyOf(phases);
        abilities = List.copyOf(abilities);
        if (averaged < 1 || averaged > phases.size()) {
            throw new IllegalArgumentException(
                    "A base is the mean of 1 to %d phases, not of %d".formatted(phases.size(), averaged));
        }
    }

    /**
     * @param scale factor on every phase's budget, of which 1 is 154 million tokens, and below 1 on what is drawn for a
     *     check
     */
    public static Curriculum demo(WorldSeeds seeds, int vocabularySize, double scale) {
        DemoPhases lessons = new DemoPhases(new World(seeds), vocabularySize, scale);
        return new Curriculum(
                List.of(
                        lessons.copying(),
                        lessons.reading(),
                        lessons.subjects(),
                        lessons.everything(),
                        lessons.settling(),
                        lessons.widening(),
                        lessons.doubting()),
                2,
                lessons.abilities());
    }

    /** Samples of all that has words, in even measure. */
    public static SampleSource everything(World world) {
        return new Mixture(DemoPhases.everyday(world));
    }

    /** The phases whose weights make the finished base. */
    public List<Phase> finishing() {
        return phases.subList(phases.size() - averaged, phases.size());
    }

    /** The budgets of all phases together. */
    public long tokens() {
        return phases.stream().mapToLong(Phase::tokens).sum();
    }
}
