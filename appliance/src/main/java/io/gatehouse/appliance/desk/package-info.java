/**
 * The desk: an HTTPS listener where somebody with an access token of the identity provider gets a
 * credential of the gate's own. One request for each connection; what is not understood is refused
 * before it is read. Event loops hand over and never wait.
 */
@NullMarked
package io.gatehouse.appliance.desk;

import org.jspecify.annotations.NullMarked;
