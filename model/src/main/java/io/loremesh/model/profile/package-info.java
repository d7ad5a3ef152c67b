/**
 * What a base needs to be asked and taught well, kept beside its checkpoint. See {@link
 * io.loremesh.model.profile.BaseProfile}.
 */
package io.loremesh.model.profile;
