/** The whole mesh, seen in its console. Read {@link io.loremesh.cli.journey.JourneyIT}. */
package io.loremesh.cli.journey;
