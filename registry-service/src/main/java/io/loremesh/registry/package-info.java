/**
 * The registry: remembers and judges. Read {@link io.loremesh.registry.version} first; each step has its
 * contract, a {@code *GrpcService} beside its flow.
 */
package io.loremesh.registry;
