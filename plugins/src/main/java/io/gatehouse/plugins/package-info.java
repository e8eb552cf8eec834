/** First-party plugins, each against the plugin API alone, like a vendor's own. Empty so far. */
@NullMarked
package io.gatehouse.plugins;

import org.jspecify.annotations.NullMarked;
