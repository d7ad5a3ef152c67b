/**
 * The last step of an answer: what the model's policy does not let out is masked, or the answer is withheld. Off unless
 * the policy says otherwise. Read {@link io.loremesh.generator.screening.AnswerScreen} first.
 */
package io.loremesh.generator.screening;
