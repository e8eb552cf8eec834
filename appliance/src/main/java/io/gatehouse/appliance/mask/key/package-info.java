/**
 * The keys of masks and what is done with them. A key is known by its name and id; its bytes are in
 * no text, no error and no log, and are wiped when it is closed.
 */
@NullMarked
package io.gatehouse.appliance.mask.key;

import org.jspecify.annotations.NullMarked;
