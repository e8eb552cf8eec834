/**
 * Reads PostgreSQL's SQL exactly as the server's own scanner and grammar do (version 18, which
 * serves 14 to 17 too), or says that it could not. A text that the server would refuse may be read
 * here, since then nothing runs; a text that the server takes is read with the same statements,
 * names and structure, or not at all. Everything is stateless and any thread may call it.
 */
@NullMarked
package io.gatehouse.appliance.sql.postgres;

import org.jspecify.annotations.NullMarked;
