/** Measures models through the engine that serves them. Read {@link io.loremesh.cli.eval.EvalCommand}, then {@link io.loremesh.cli.eval.BaseFlow}. */
package io.loremesh.cli.eval;
