/**
 * What the registry remembers and judges, for people: versions with their gates, what one knows that another does not,
 * which one is live. Read {@link io.loremesh.cli.version.VersionsCommand} first.
 */
package io.loremesh.cli.version;
