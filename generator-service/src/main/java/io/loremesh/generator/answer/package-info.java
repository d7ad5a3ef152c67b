/**
 * The first journey: a question becomes an answer, from the weights, from passages, or as the admission of not knowing.
 * Start at {@link io.loremesh.generator.answer.AnswerFlow}; the door is
 * {@link io.loremesh.generator.answer.GeneratorGrpcService}.
 */
package io.loremesh.generator.answer;
