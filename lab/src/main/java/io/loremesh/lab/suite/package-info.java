/**
 * Questions that measure what a base can do, ability by ability, and what it can be taught. Read
 * {@link io.loremesh.lab.suite.BaseSuite} first, then {@link io.loremesh.lab.suite.TuningSuite}.
 */
package io.loremesh.lab.suite;
