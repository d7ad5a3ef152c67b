package io.loremesh.lab.world;

/**
 * What a world is determined by.
 *
 * @param world the facts that are known by heart ({@link KnownFacts})
 * @param template which question templates are held back from training (0: the last two of each relation)
 * @param split which of the world's draws belong to training and which to measuring
 */
public record WorldSeeds(long world, long template, long split) {

    /** The seeds of the demo base that ships with the repository. */
    public static final WorldSeeds DEMO = new WorldSeeds(7, 0, 1);
}
