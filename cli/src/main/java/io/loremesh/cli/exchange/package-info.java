/**
 * Versions that leave the mesh for other tools, and adapters that come from them. Read
 * {@link io.loremesh.cli.exchange.ExportCommand} first.
 */
package io.loremesh.cli.exchange;
