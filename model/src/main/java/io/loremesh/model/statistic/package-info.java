/**
 * Shares with their intervals, tests of differences, and draws that a seed decides. Start at {@link
 * io.loremesh.model.statistic.Rate}.
 */
package io.loremesh.model.statistic;
