/**
 * The step before training: facts are checked against the policy's authority and for what must not be learned, and what
 * was found is kept with the run. Read {@link io.loremesh.registry.screening.ScreeningFlow} first.
 */
package io.loremesh.registry.screening;
