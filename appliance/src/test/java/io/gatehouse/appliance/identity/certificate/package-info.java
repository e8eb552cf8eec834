/** Certificates of clients, sound ones and such as somebody might try. */
@NullMarked
package io.gatehouse.appliance.identity.certificate;

import org.jspecify.annotations.NullMarked;
