/**
 * The step that hears what users are answered and tells those who want to know: the trial, the lineage, the drift
 * monitor, consoles that are open. It is {@link io.loremesh.registry.live.AnswersConsumer} alone.
 */
package io.loremesh.registry.live;
