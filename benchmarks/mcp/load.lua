-- Calls of one tool, a kilobyte each, over all sessions in turn; no id comes twice in a session.
-- LOAD_PATH, LOAD_FIRST (id), LOAD_SESSIONS (with commas) and LOAD_TOKEN come by the environment.

local path, id = os.getenv("LOAD_PATH"), tonumber(os.getenv("LOAD_FIRST"))
local heads, turn = {}, 0

for session in os.getenv("LOAD_SESSIONS"):gmatch("[^,]+") do
  heads[#heads + 1] = {
    ["Content-Type"] = "application/json",
    ["Accept"] = "application/json, text/event-stream",
    ["MCP-Protocol-Version"] = "2025-11-25",
    ["Mcp-Session-Id"] = session,
    ["Authorization"] = "Bearer " .. os.getenv("LOAD_TOKEN"),
  }
end

local rest = ',"method":"tools/call","params":{"name":"customer","arguments":{"amount":100,"note":"'
  .. ("what is asked about them, "):rep(34) .. '"}}}'

function request()
  id, turn = id + 1, turn % #heads + 1
  return wrk.format("POST", path, heads[turn], '{"jsonrpc":"2.0","id":' .. id .. rest)
end
