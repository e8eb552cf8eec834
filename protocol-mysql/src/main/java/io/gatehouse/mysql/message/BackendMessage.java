package io.gatehouse.mysql.message;

/** What a server sends. */
public sealed interface BackendMessage extends Message
    permits AuthMoreData,
        AuthNextFactor,
        AuthSwitchRequest,
        BinaryRow,
        ColumnCount,
        ColumnDefinition41,
        EofPacket,
        ErrPacket,
        HandshakeV10,
        LocalInfileRequest,
        OkPacket,
        PrepareOk,
        StatisticsText,
        TextRow {}
