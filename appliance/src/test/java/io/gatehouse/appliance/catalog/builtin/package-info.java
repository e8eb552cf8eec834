/** The reviewed lists, held against a real server. */
@NullMarked
package io.gatehouse.appliance.catalog.builtin;

import org.jspecify.annotations.NullMarked;
