/** How right answers are counted and compared. Read {@link io.loremesh.lab.metric.AnswerScore} first. */
package io.loremesh.lab.metric;
