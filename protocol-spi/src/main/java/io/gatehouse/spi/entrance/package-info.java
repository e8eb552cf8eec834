/**
 * The way in, for protocols in which a client logs in before it asks for anything: a client comes,
 * has itself secured, proves to the gate who it is, and is led to a server. The course is here, the
 * messages are the protocol's.
 */
@NullMarked
package io.gatehouse.spi.entrance;

import org.jspecify.annotations.NullMarked;
