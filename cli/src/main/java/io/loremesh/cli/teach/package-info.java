/**
 * Bringing knowledge in: files of several forms are read into facts and documents, which become events on Kafka. Read
 * {@link io.loremesh.cli.teach.KnowledgeFile} first, then {@link io.loremesh.cli.teach.KnowledgePublisher}.
 */
package io.loremesh.cli.teach;
