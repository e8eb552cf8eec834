/**
 * Every message of the frontend/backend protocol, 3.0 and 3.2, named as in the chapter "Message
 * Formats" of the PostgreSQL 18 documentation, one file each. Decoding is total: any bytes give a
 * message or a {@link ProtocolException}, and nothing is allocated on the word of a length that the
 * body does not back. Strings of a client must be UTF-8, because two names must never become one;
 * those of a server are read as well as they can be.
 *
 * <p>Messages are values and own what they hold: decoding copies, and an array that was handed to a
 * message is not written to afterwards.
 */
@NullMarked
package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.ProtocolException;
import org.jspecify.annotations.NullMarked;
