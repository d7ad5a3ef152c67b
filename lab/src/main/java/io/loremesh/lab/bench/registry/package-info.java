/**
 * Figures of a registry alone, MLflow's server beside it. Read {@link
 * io.loremesh.lab.bench.registry.RegistryBenchCommand}.
 */
package io.loremesh.lab.bench.registry;
