/**
 * Moving facts into the weights: a run of the trainer, watched to its end, then judged. Read
 * {@link io.loremesh.cli.tune.TuneCommand} first.
 */
package io.loremesh.cli.tune;
