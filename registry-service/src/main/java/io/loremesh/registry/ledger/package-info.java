/**
 * The step that knows what is known: facts with their revisions, and for each version what it has learned of each. Read
 * {@link io.loremesh.registry.ledger.FactLedger} first.
 */
package io.loremesh.registry.ledger;
