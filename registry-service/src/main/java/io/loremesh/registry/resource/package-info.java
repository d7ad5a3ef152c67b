/**
 * How resources are written into columns, timed, and listed a page at a time (AIP-158). Read
 * {@link io.loremesh.registry.resource.Page} first.
 */
package io.loremesh.registry.resource;
