/** Plugins that are built here, good ones and bad ones. */
@NullMarked
package io.gatehouse.appliance.plugin;

import org.jspecify.annotations.NullMarked;
