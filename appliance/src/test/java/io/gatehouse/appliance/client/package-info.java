/** What commands do at a provider and with what they keep. */
@NullMarked
package io.gatehouse.appliance.client;

import org.jspecify.annotations.NullMarked;
