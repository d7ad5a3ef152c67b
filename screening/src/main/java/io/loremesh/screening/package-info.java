/**
 * The step that decides what may be learned and said: texts are searched for personal data and for what a policy's
 * rules name. Everything happens here, offline. Read {@link io.loremesh.screening.TextScreen} first.
 */
package io.loremesh.screening;
