/**
 * The step that knows what is trusted: a file of facts or of knowledge-graph triples, which facts are held against
 * before they are trained on. Read {@link io.loremesh.registry.authority.Authorities} first.
 */
package io.loremesh.registry.authority;
