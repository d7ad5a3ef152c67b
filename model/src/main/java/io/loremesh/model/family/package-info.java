/**
 * What sets the supported families of decoders apart, as data that trainer and generator both read. Start at
 * {@link io.loremesh.model.family.ModelFamily}.
 */
package io.loremesh.model.family;
