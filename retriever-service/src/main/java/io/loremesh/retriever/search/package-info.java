/**
 * A question's way through the retriever: from the question to the passages that bear on it. Read
 * {@link io.loremesh.retriever.search.PassageSearch} first.
 */
package io.loremesh.retriever.search;
