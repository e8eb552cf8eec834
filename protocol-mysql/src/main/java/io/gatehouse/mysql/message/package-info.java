/**
 * Every message of the client/server protocol of MySQL 8 and 9 and MariaDB that the gate reads or
 * writes, named as in the chapter "Client/Server Protocol" of MySQL's source documentation, one
 * file each. A payload does not say what it is: which message it must be, and how it is laid out,
 * follows from the dialogue and from the {@link io.gatehouse.mysql.message.Capabilities} both sides
 * have agreed on. Decoding is total: any bytes give a message or a {@link ProtocolException}, and
 * nothing is allocated on the word of a length that the payload does not back.
 *
 * <p>Messages are values and own what they hold: decoding copies, and an array that was handed to a
 * message is not written to afterwards. Names that a client sends must be UTF-8, because two names
 * must never become one; what a server says is read as well as it can be; statements stay bytes,
 * because their character set is the session's.
 */
@NullMarked
package io.gatehouse.mysql.message;

import io.gatehouse.spi.message.ProtocolException;
import org.jspecify.annotations.NullMarked;
