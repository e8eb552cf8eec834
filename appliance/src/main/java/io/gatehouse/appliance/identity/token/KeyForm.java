package io.gatehouse.appliance.identity.token;

/** The kinds of public keys that the gate verifies with. */
enum KeyForm {
  RSA,
  P256,
  P384,
  P521,
  ED25519
}
