/** The README's table of settings. Start at {@link io.loremesh.cli.settings.SettingsTableTest}. */
package io.loremesh.cli.settings;
