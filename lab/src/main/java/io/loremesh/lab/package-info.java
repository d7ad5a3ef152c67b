/**
 * Where the product is tried out: the toy world, the small base made from it, the demo, and what measures them. The
 * product needs none of it at run time and knows nothing of it; it is found by {@link io.loremesh.lab.LabCommands} and
 * {@link io.loremesh.lab.practice.ToyWorldProvider}.
 */
package io.loremesh.lab;
