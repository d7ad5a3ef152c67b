/**
 * What makes a fact or a document acceptable, and how it gets its name. One place for every door through which knowledge
 * comes: Kafka, gRPC and files. Read {@link io.loremesh.knowledge.FactRules} first.
 */
package io.loremesh.knowledge;
