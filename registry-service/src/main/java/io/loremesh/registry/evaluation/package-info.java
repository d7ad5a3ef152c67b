/**
 * The step that judges: a version is asked through the serving engine what it knows, its ledger is written, and the
 * gates say whether it may be promoted. Read {@link io.loremesh.registry.evaluation.EvaluationFlow} first.
 */
package io.loremesh.registry.evaluation;
