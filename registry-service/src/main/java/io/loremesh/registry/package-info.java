/**
 * The registry: remembers and judges. Read {@link io.loremesh.registry.RegistryGrpcService} first: each call leads to
 * its step.
 */
package io.loremesh.registry;
