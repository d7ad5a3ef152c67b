/**
 * What becomes of the registry when PostgreSQL and Kafka are killed under it. Read
 * {@link io.loremesh.registry.faults.FaultsIT} first: load, kills at random moments, and an account of everything that
 * was acknowledged.
 */
package io.loremesh.registry.faults;
