/**
 * The step before the first request: this process opens its base model and starts the engine on it. Start at
 * {@link io.loremesh.generator.base.ServedBase}.
 */
package io.loremesh.generator.base;
