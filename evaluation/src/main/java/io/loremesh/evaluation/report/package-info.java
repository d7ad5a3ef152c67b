/**
 * The one shape in which every benchmark and evaluation reports. Read {@link io.loremesh.evaluation.report.Report}
 * first.
 */
package io.loremesh.evaluation.report;
