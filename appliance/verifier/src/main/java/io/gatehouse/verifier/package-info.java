/**
 * Checks a journal offline, with its files and a public key. It shares no code with what writes the
 * journal and depends on the JDK only, so that its source is all that has to be believed. Start
 * with {@link io.gatehouse.verifier.Verification}; the bytes are described in {@code
 * docs/journal-format.md}.
 */
@NullMarked
package io.gatehouse.verifier;

import org.jspecify.annotations.NullMarked;
