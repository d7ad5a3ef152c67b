/**
 * The registry as this service asks it: versions, artifacts, the ledger, aliases. One class,
 * {@link io.loremesh.generator.registry.RegistryClient}.
 */
package io.loremesh.generator.registry;
