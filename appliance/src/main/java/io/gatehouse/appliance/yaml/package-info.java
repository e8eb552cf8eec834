/**
 * Strict reading of YAML: every problem is collected with its key path and line, none is guessed
 * away. The rooms that read files describe what they expect; this one knows where it was written.
 */
@NullMarked
package io.gatehouse.appliance.yaml;

import org.jspecify.annotations.NullMarked;
