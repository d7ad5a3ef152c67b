/**
 * Turns text into vectors, for passages on their way into the index and for questions on their way to it. Read
 * {@link io.loremesh.retriever.embedding.TextEncoder} first.
 */
package io.loremesh.retriever.embedding;
