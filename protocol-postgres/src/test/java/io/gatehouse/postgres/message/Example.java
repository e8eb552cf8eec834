package io.gatehouse.postgres.message;

import static io.gatehouse.spi.testing.Wire.bytes;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A message and what it is on the wire.
 *
 * @param decoder from type and body to the message
 * @param openEnded whether the last field takes all that is left, so that a cut or a longer body
 *     may be a message too
 */
record Example(Message message, String wire, Decoder decoder, boolean openEnded) {
  private static final byte[] SECRET = bytes("01020304");
  private static final int HEADER = 5;

  interface Decoder {
    Message decode(byte type, ByteBuf body);
  }

  byte[] frame() {
    return bytes(wire);
  }

  byte[] body() {
    byte[] frame = frame();
    return Arrays.copyOfRange(frame, HEADER, frame.length);
  }

  @Override
  public String toString() {
    return message.getClass().getSimpleName() + " " + wire;
  }

  static Stream<Example> all() {
    return Stream.of(frontend(), inContext(), authentication(), extended(), backend(), copies())
        .flatMap(List::stream);
  }

  private static Example front(FrontendMessage message, String wire) {
    return new Example(message, wire, FrontendDecoder::decode, false);
  }

  private static Example back(BackendMessage message, String wire) {
    return new Example(message, wire, BackendDecoder::decode, false);
  }

  private static Example login(FrontendMessage message, String wire, Function<ByteBuf, Message> f) {
    return new Example(
        message, wire, (type, body) -> f.apply(body), message instanceof SASLResponse);
  }

  private Example open() {
    return new Example(message, wire, decoder, true);
  }

  private static List<Example> frontend() {
    return List.of(
        front(
            new Bind("p", "s", new int[] {1}, Arrays.asList(bytes("00000007"), null), new int[0]),
            "'B' 0000001c 'p' 00 's' 00 0001 0001 0002 00000004 00000007 ffffffff 0000"),
        front(
            new Bind("", "", new int[0], List.of(), new int[] {0, 1}),
            "'B' 00000010 00 00 0000 0000 0002 0000 0001"),
        front(new Close(Kind.STATEMENT, "s1"), "'C' 00000008 'S' 's1' 00"),
        front(new Close(Kind.PORTAL, ""), "'C' 00000006 'P' 00"),
        front(new CopyFail("no"), "'f' 00000007 'no' 00"),
        front(new Describe(Kind.STATEMENT, "ü"), "'D' 00000008 'S' c3bc 00"),
        front(new Describe(Kind.PORTAL, "p"), "'D' 00000007 'P' 'p' 00"),
        front(new Execute("p", 100), "'E' 0000000a 'p' 00 00000064"),
        front(new Flush(), "'H' 00000004"),
        front(
            new FunctionCall(957, new int[] {1}, Arrays.asList(bytes("00000001"), null), 1),
            "'F' 0000001c 000003bd 0001 0001 0002 00000004 00000001 ffffffff 0001"),
        front(
            new Parse("s", "SELECT $1", new int[] {23, 0}),
            "'P' 0000001a 's' 00 'SELECT $1' 00 0002 00000017 00000000"),
        front(new Query("SELECT 1"), "'Q' 0000000d 'SELECT 1' 00"),
        front(new Sync(), "'S' 00000004"),
        front(new Terminate(), "'X' 00000004"));
  }

  private static List<Example> inContext() {
    return List.of(
        front(new AuthenticationResponse(bytes("'n,,'")), "'p' 00000007 'n,,'").open(),
        login(new PasswordMessage(bytes("'pw'")), "'p' 00000007 'pw' 00", PasswordMessage::decode),
        login(
            new SASLInitialResponse("OAUTHBEARER", null),
            "'p' 00000014 'OAUTHBEARER' 00 ffffffff",
            SASLInitialResponse::decode),
        login(
            new SASLInitialResponse("SCRAM-SHA-256", bytes("'n,,'")),
            "'p' 00000019 'SCRAM-SHA-256' 00 00000003 'n,,'",
            SASLInitialResponse::decode),
        login(new SASLResponse(bytes("'c=biws'")), "'p' 0000000a 'c=biws'", SASLResponse::decode));
  }

  private static List<Example> authentication() {
    return List.of(
        back(new AuthenticationOk(), "'R' 00000008 00000000"),
        back(new AuthenticationCleartextPassword(), "'R' 00000008 00000003"),
        back(new AuthenticationMD5Password(SECRET), "'R' 0000000c 00000005 01020304"),
        back(
            new AuthenticationSASL(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")),
            "'R' 0000002a 0000000a 'SCRAM-SHA-256-PLUS' 00 'SCRAM-SHA-256' 00 00"),
        back(new AuthenticationSASLContinue(bytes("'r=a'")), "'R' 0000000b 0000000b 'r=a'").open(),
        back(new AuthenticationSASLFinal(bytes("'v=a'")), "'R' 0000000b 0000000c 'v=a'").open(),
        back(new AuthenticationUnsupported(2), "'R' 00000008 00000002"),
        back(new AuthenticationUnsupported(7), "'R' 00000008 00000007"),
        back(new AuthenticationUnsupported(8), "'R' 00000008 00000008").open(),
        back(new AuthenticationUnsupported(9), "'R' 00000008 00000009"));
  }

  private static List<Example> extended() {
    return List.of(
        back(new BindComplete(), "'2' 00000004"),
        back(new CloseComplete(), "'3' 00000004"),
        back(new CommandComplete("INSERT 0 1"), "'C' 0000000f 'INSERT 0 1' 00"),
        back(
            new DataRow(Arrays.asList(bytes("'abc'"), null, bytes(""))),
            "'D' 00000015 0003 00000003 'abc' ffffffff 00000000"),
        back(new EmptyQueryResponse(), "'I' 00000004"),
        back(new NoData(), "'n' 00000004"),
        back(new ParameterDescription(new int[] {23, 25}), "'t' 0000000e 0002 00000017 00000019"),
        back(new ParseComplete(), "'1' 00000004"),
        back(new PortalSuspended(), "'s' 00000004"),
        back(new ReadyForQuery(ReadyForQuery.IDLE), "'Z' 00000005 'I'"),
        back(new ReadyForQuery(ReadyForQuery.TRANSACTION), "'Z' 00000005 'T'"),
        back(new ReadyForQuery(ReadyForQuery.ERROR), "'Z' 00000005 'E'"),
        back(
            new RowDescription(List.of(new RowDescription.Field("id", -2, -1, 23, 4, -1, 1))),
            "'T' 0000001b 0001 'id' 00 fffffffe ffff 00000017 0004 ffffffff 0001"));
  }

  private static List<Example> backend() {
    return List.of(
        back(new BackendKeyData(77, SECRET), "'K' 0000000c 0000004d 01020304").open(),
        back(
            ErrorResponse.of("ERROR", "42601", "no"),
            "'E' 0000001e 'S' 'ERROR' 00 'V' 'ERROR' 00 'C' '42601' 00 'M' 'no' 00 00"),
        back(new ErrorResponse(Map.of('ÿ', "")), "'E' 00000007 ff 00 00"),
        back(new NoticeResponse(Map.of('M', "hi")), "'N' 00000009 'M' 'hi' 00 00"),
        back(new FunctionCallResponse(bytes("05")), "'V' 00000009 00000001 05"),
        back(new FunctionCallResponse(null), "'V' 00000008 ffffffff"),
        back(
            new NegotiateProtocolVersion(2, List.of("_pq_.foo")),
            "'v' 00000015 00030002 00000001 '_pq_.foo' 00"),
        back(new NotificationResponse(77, "c", "x"), "'A' 0000000c 0000004d 'c' 00 'x' 00"),
        back(new ParameterStatus("a", "b"), "'S' 00000008 'a' 00 'b' 00"));
  }

  private static List<Example> copies() {
    return List.of(
        front(new CopyData(bytes("'a'")), "'d' 00000005 'a'").open(),
        back(new CopyData(bytes("'a'")), "'d' 00000005 'a'").open(),
        front(new CopyDone(), "'c' 00000004"),
        back(new CopyDone(), "'c' 00000004"),
        back(new CopyInResponse(0, new int[] {0, 0}), "'G' 0000000b 00 0002 0000 0000"),
        back(new CopyOutResponse(1, new int[] {1}), "'H' 00000009 01 0001 0001"),
        back(new CopyBothResponse(0, new int[0]), "'W' 00000007 00 0000"));
  }
}
