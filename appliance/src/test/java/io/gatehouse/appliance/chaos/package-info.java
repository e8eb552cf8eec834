/** The installed gate, real clients and a real PostgreSQL, any of which is killed at any moment. */
@NullMarked
package io.gatehouse.appliance.chaos;

import org.jspecify.annotations.NullMarked;
