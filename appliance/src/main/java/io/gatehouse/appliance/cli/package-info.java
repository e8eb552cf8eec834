/** The command {@code gatehouse}: parse, call, exit code. */
@NullMarked
package io.gatehouse.appliance.cli;

import org.jspecify.annotations.NullMarked;
