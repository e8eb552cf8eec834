/** The desk, with real TLS, a real store and a provider, and what must not get through it. */
@NullMarked
package io.gatehouse.appliance.desk;

import org.jspecify.annotations.NullMarked;
