package io.gatehouse.postgres.message;

import io.gatehouse.spi.message.ProtocolException;
import io.netty.buffer.ByteBuf;

/** From type and body to a {@link FrontendMessage}. */
public final class FrontendDecoder {
  private FrontendDecoder() {}

  /**
   * Reads the whole body.
   *
   * @param body exactly the body, without the header
   * @throws ProtocolException if it is not such a message
   */
  public static FrontendMessage decode(byte type, ByteBuf body) {
    return switch (type) {
      case FrontendType.BIND -> Bind.decode(body);
      case FrontendType.CLOSE -> Close.decode(body);
      case FrontendType.COPY_DATA -> CopyData.decode(body);
      case FrontendType.COPY_DONE -> CopyDone.decode(body);
      case FrontendType.COPY_FAIL -> CopyFail.decode(body);
      case FrontendType.DESCRIBE -> Describe.decode(body);
      case FrontendType.EXECUTE -> Execute.decode(body);
      case FrontendType.FLUSH -> Flush.decode(body);
      case FrontendType.FUNCTION_CALL -> FunctionCall.decode(body);
      case FrontendType.PARSE -> Parse.decode(body);
      case FrontendType.AUTHENTICATION_RESPONSE -> AuthenticationResponse.decode(body);
      case FrontendType.QUERY -> Query.decode(body);
      case FrontendType.SYNC -> Sync.decode(body);
      case FrontendType.TERMINATE -> Terminate.decode(body);
      default -> throw Fields.unknownType("client", type);
    };
  }
}
