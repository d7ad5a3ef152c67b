/**
 * What a base model is taught, and in which order: samples drawn without end from the world, in phases with their
 * budgets and checks. Read {@link io.loremesh.lab.curriculum.Curriculum} first.
 */
package io.loremesh.lab.curriculum;
