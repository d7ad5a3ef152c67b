/**
 * Measures models through the parts that serve and train them. Read {@link io.loremesh.cli.eval.EvalCommand}, then
 * {@link io.loremesh.cli.eval.BaseFlow} and {@link io.loremesh.cli.eval.TuningFlow}.
 */
package io.loremesh.cli.eval;
