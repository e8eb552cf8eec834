package io.gatehouse.postgres.message;

import io.netty.buffer.ByteBuf;

/** The messages that share the type R and differ by the number that follows. */
public sealed interface Authentication extends BackendMessage
    permits AuthenticationCleartextPassword,
        AuthenticationMD5Password,
        AuthenticationOk,
        AuthenticationSASL,
        AuthenticationSASLContinue,
        AuthenticationSASLFinal,
        AuthenticationUnsupported {

  /** The number that says which. */
  int code();

  @Override
  default byte type() {
    return BackendType.AUTHENTICATION;
  }

  static Authentication decode(ByteBuf body) {
    int code = Fields.int32(body);
    return switch (code) {
      case AuthenticationOk.CODE -> AuthenticationOk.decode(body);
      case AuthenticationCleartextPassword.CODE -> AuthenticationCleartextPassword.decode(body);
      case AuthenticationMD5Password.CODE -> AuthenticationMD5Password.decode(body);
      case AuthenticationSASL.CODE -> AuthenticationSASL.decode(body);
      case AuthenticationSASLContinue.CODE -> AuthenticationSASLContinue.decode(body);
      case AuthenticationSASLFinal.CODE -> AuthenticationSASLFinal.decode(body);
      default -> AuthenticationUnsupported.decode(code, body);
    };
  }
}
