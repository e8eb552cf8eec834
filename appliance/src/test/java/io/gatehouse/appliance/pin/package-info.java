@NullMarked
package io.gatehouse.appliance.pin;

import org.jspecify.annotations.NullMarked;
