/**
 * The step that makes the mesh forget a fact and proves it. Read {@link io.loremesh.registry.erasure.ErasureFlow}
 * first.
 */
package io.loremesh.registry.erasure;
