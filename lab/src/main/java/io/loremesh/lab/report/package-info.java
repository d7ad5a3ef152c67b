/** The one shape in which every benchmark and evaluation reports. Read {@link io.loremesh.lab.report.Report} first. */
package io.loremesh.lab.report;
