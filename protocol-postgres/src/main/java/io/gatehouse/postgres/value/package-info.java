/**
 * PostgreSQL's types on the wire, text and binary, to and from neutral values: one codec a type.
 * What a codec cannot read stays opaque; what it cannot write ends the command. Here too are the
 * views that decode bind values and arguments on demand, and the rewriting of rows. All of it is
 * used on the session's event loop, copies nothing that is not asked for, and owns no buffer.
 */
@NullMarked
package io.gatehouse.postgres.value;

import org.jspecify.annotations.NullMarked;
