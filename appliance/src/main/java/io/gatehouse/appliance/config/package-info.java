/** One YAML file to immutable records. The YAML is public, the records are not. */
@NullMarked
package io.gatehouse.appliance.config;

import org.jspecify.annotations.NullMarked;
