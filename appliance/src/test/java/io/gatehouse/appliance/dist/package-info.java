/** The installable tree: its launcher and its documents. */
@NullMarked
package io.gatehouse.appliance.dist;

import org.jspecify.annotations.NullMarked;
