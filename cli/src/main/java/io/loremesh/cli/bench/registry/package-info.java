/**
 * Figures of a registry alone, MLflow's server beside it. Read
 * {@link io.loremesh.cli.bench.registry.RegistryBenchCommand}.
 */
package io.loremesh.cli.bench.registry;
