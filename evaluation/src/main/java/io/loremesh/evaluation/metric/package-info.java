/** How right answers are counted and compared. Read {@link io.loremesh.evaluation.metric.AnswerScore} first. */
package io.loremesh.evaluation.metric;
