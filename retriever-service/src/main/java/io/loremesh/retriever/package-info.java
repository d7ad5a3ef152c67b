/**
 * The retriever: finds the passages that bear on a question. Its door is
 * {@link io.loremesh.retriever.RetrieverGrpcService}. A question goes through
 * {@link io.loremesh.retriever.search.PassageSearch}; a record comes in through
 * {@link io.loremesh.retriever.index.KnowledgeFlow}.
 */
package io.loremesh.retriever;
