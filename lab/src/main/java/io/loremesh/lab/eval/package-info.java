/**
 * Measures models through the parts that serve and train them. Read {@link io.loremesh.lab.eval.EvalCommand}, then
 * {@link io.loremesh.lab.eval.BaseFlow} and {@link io.loremesh.lab.eval.TuningFlow}.
 */
package io.loremesh.lab.eval;
