/** Questions that measure what a base can do, ability by ability. Read {@link io.loremesh.evaluation.suite.BaseSuite} first. */
package io.loremesh.evaluation.suite;
