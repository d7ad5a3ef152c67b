/**
 * Keeps what can be found: knowledge events become index entries, what they supersede leaves. Read
 * {@link io.loremesh.retriever.index.KnowledgeFlow} first, then {@link io.loremesh.retriever.index.PassageIndex}.
 */
package io.loremesh.retriever.index;
