/**
 * Cutting a byte stream into packets and payloads without copying it, and the way back. A packet
 * has a length in three bytes, a sequence number and a part of a payload; a part of 0xFFFFFF bytes
 * goes on in the next packet, if only by an empty one (MySQL Internals, "MySQL Packets").
 */
@NullMarked
package io.gatehouse.mysql.frame;

import org.jspecify.annotations.NullMarked;
