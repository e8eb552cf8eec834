package io.gatehouse.mysql.message;

/** What a client sends. */
public sealed interface FrontendMessage extends Message
    permits AuthResponse, Command, HandshakeResponse41, LocalInfileData, SslRequest {}
