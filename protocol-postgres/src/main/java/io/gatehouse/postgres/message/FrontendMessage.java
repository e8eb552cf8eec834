package io.gatehouse.postgres.message;

/** What a client sends once the start-up packet is through. */
public sealed interface FrontendMessage extends Message
    permits AuthenticationResponse,
        Bind,
        Close,
        CopyData,
        CopyDone,
        CopyFail,
        Describe,
        Execute,
        Flush,
        FunctionCall,
        Parse,
        PasswordMessage,
        Query,
        SASLInitialResponse,
        SASLResponse,
        Sync,
        Terminate {}
