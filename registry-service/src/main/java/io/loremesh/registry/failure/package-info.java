/**
 * What can go wrong in the registry, and how gRPC says it. Read {@link io.loremesh.registry.failure.RegistryException}
 * first.
 */
package io.loremesh.registry.failure;
