/**
 * The whole story in one go: questions before teaching, after it, from the weights, and after a fact has changed. Read
 * {@link io.loremesh.lab.demo.DemoFlow} first.
 */
package io.loremesh.lab.demo;
