/**
 * JSON (RFC 8259), read so strictly that no two readers can disagree about it, and changed so
 * sparingly that what was not to change is the same bytes. A text stays the bytes it came as;
 * beside them lies an index that says where each value begins and ends.
 */
@NullMarked
package io.gatehouse.spi.json;

import org.jspecify.annotations.NullMarked;
