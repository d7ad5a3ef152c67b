/**
 * The whole mesh. Read {@link io.loremesh.cli.journey.LearningJourneyIT} first, then
 * {@link io.loremesh.cli.journey.SteeredJourneyIT}, which sees and steers it in the console.
 */
package io.loremesh.cli.journey;
