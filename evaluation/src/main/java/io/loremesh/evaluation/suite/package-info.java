/**
 * Questions that measure what a base can do, ability by ability, and what it can be taught. Read
 * {@link io.loremesh.evaluation.suite.BaseSuite} first, then {@link io.loremesh.evaluation.suite.TuningSuite}.
 */
package io.loremesh.evaluation.suite;
