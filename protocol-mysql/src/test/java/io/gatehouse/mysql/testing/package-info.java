/** Real servers, a client without any driver, and what the tests of several rooms need. */
@NullMarked
package io.gatehouse.mysql.testing;

import org.jspecify.annotations.NullMarked;
