/**
 * What an answer says: whether two answers give the same value, whether a text states one, whether one says nothing.
 * Identity, staleness and agreement are decided by {@link io.loremesh.model.answer.AnswerKey}, free text is scored by
 * {@link io.loremesh.model.answer.AnswerText}. Start at {@link io.loremesh.model.answer.AnswerKey}.
 */
package io.loremesh.model.answer;
