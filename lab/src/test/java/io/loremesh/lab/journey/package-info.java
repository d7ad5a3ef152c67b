/**
 * The whole mesh. Read {@link io.loremesh.lab.journey.LearningJourneyIT} first, then
 * {@link io.loremesh.lab.journey.SteeredJourneyIT}, which sees and steers it in the console.
 */
package io.loremesh.lab.journey;
