/**
 * Who did what, when and why, whether anybody tampered with that, and the erasure of a fact with its proof. Read
 * {@link io.loremesh.cli.audit.AuditCommand} first.
 */
package io.loremesh.cli.audit;
