/**
 * The step that chooses the way: does the version that answers hold this question's fact, learned and still fresh? Then
 * the weights are asked, else the retriever. Start at {@link io.loremesh.generator.routing.FactRouter}, then
 * {@link io.loremesh.generator.routing.KnownFacts}.
 */
package io.loremesh.generator.routing;
