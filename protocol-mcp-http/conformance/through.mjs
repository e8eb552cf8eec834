// Runs a client against a gate in front of the server that the client suite started.
//
//   node through.mjs GATE_COMMAND TOKEN_FILE CLIENT_SCRIPT SERVER_URL
//
// The suite appends the URL of its server, another one for each scenario: the gate is started with
// it as its upstream, and the client is given the gate's. TOKEN_FILE may be empty.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { startGate, stopAll } from './processes.mjs';

const [gateCommand, token, script, server] = process.argv.slice(2);
process.on('exit', stopAll);
const gate = await startGate(gateCommand, server, token);
const client = spawn(process.execPath, [script, gate.url], { stdio: 'inherit' });
const [code] = await once(client, 'exit');
await gate.stop();
process.exit(code ?? 1);
