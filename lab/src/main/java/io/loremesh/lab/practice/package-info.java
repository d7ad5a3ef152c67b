/**
 * What the demo base's fine-tunes practise around their facts. Start with {@link
 * io.loremesh.lab.practice.ToyWorldPractice}.
 */
package io.loremesh.lab.practice;
