/**
 * Cutting a byte stream into frames without copying it. A frame is a type byte, a length that
 * counts itself, and a body (PostgreSQL documentation, "Message Flow" and "Message Formats").
 */
@NullMarked
package io.gatehouse.postgres.frame;

import org.jspecify.annotations.NullMarked;
