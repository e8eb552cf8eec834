/**
 * Plugins: which files are trusted, and what they may see of the gate. The only package that knows
 * PF4J, which says what is in a jar and whether it fits; classes are loaded by {@link
 * io.gatehouse.appliance.plugin.ApiWindow}.
 */
@NullMarked
package io.gatehouse.appliance.plugin;

import org.jspecify.annotations.NullMarked;
