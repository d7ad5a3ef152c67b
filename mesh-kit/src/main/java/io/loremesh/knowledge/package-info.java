/**
 * What makes a fact or a document acceptable, and how it gets its name. One place for every door through which
 * knowledge comes: Kafka, gRPC and files. Read {@link io.loremesh.knowledge.FactRules} first, then {@link
 * io.loremesh.knowledge.Succession}: what an event does to what is held.
 */
package io.loremesh.knowledge;
