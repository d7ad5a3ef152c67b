/**
 * Where questions come from: an invented world, drawn afresh for every sample, of people, families, companies, goods,
 * cities, rules and of relations that nobody has met before. Read {@link io.loremesh.lab.world.World} first.
 */
package io.loremesh.lab.world;
