/**
 * The step that tells others: what the registry changes and what it says about it are written in one transaction, and
 * sent to Kafka afterwards. Read {@link io.loremesh.registry.outbox.Outbox} first.
 */
package io.loremesh.registry.outbox;
