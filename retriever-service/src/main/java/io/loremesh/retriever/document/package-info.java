/**
 * First step of a record's way into the index: a document or a fact becomes passages. Read
 * {@link io.loremesh.retriever.document.DocumentPassages} first.
 */
package io.loremesh.retriever.document;
