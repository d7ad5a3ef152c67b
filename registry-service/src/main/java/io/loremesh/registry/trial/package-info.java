/**
 * The step between a verdict and a promotion: a version is tried on live requests beside the active one. Read
 * {@link io.loremesh.registry.trial.TrialFlow} first.
 */
package io.loremesh.registry.trial;
