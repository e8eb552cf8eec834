/**
 * PostgreSQL on the wire, from accept to close. The rooms in the order in which a session walks
 * through them: {@code login}, {@code relay}; beside them {@code cancel}, {@code upstream}, and
 * what they all speak: {@code frame}, {@code message}, {@code value}.
 */
@NullMarked
package io.gatehouse.postgres;

import org.jspecify.annotations.NullMarked;
