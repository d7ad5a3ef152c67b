/**
 * How likely a version finds a given text: what the registry probes versions with. Start at
 * {@link io.loremesh.generator.scoring.TextScoring}.
 */
package io.loremesh.generator.scoring;
