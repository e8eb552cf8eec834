// An installed gate that lets everything pass, for the comparison: policy, identity and journal on.
//
//   node gate.mjs GATEHOUSE TOKEN_FILE UPSTREAM_URL
//
// Writes a token that the gate takes to the file, prints the gate's URL when it listens, and runs
// until it is told to stop. What the gate has goes to a folder that is new each time.

import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const AUDIENCE = 'gatehouse';
const START_MILLIS = 50_000;

const [gatehouse, tokenFile, upstreamUrl] = process.argv.slice(2);
const upstream = new URL(upstreamUrl);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-conformance-'));

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Stands for an identity provider: publishes a key, and signs one token. */
async function provider() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'ES256', use: 'sig' }] };
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const known = { issuer, jwks_uri: `${issuer}/keys` };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? keys : known));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: AUDIENCE, sub: 'conformance', groups: ['agents'], iat: now, exp: now + 3600 };
  const text = `${base64({ alg: 'ES256', typ: 'at+jwt', kid: '1' })}.${base64(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return { issuer, token: `${text}.${signature.toString('base64url')}` };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function configuration(port, management, issuer) {
  return `
listeners:
  - name: agents
    protocol: mcp
    address: 127.0.0.1
    port: ${port}
    clients-without-tls: accept
    names: [localhost, 127.0.0.1]
    resource: http://localhost:${port}
    paths: {/mcp: server, /: server}
targets:
  - name: server
    protocol: mcp
    host: ${upstream.hostname}
    port: ${upstream.port}
    path: ${upstream.pathname}
    without-tls: send-everything-unencrypted
    credential: {none: true}
users: users.yaml
policy: policy.yaml
management: {address: 127.0.0.1, port: ${management}}
identity:
  issuers:
    - {issuer: "${issuer}", audiences: [${AUDIENCE}]}
  store: {file: control/store.db}
`;
}

/** The keys are made once, since a suite starts a gate for each of its scenarios. */
function journalSection(keys) {
  const section = join(keys, 'section.yaml');
  if (!existsSync(section)) {
    const arguments_ = ['journal', 'keygen', keys, '--name', 'conformance'];
    writeFileSync(section, execFileSync(gatehouse, arguments_, { encoding: 'utf8' }));
  }
  return readFileSync(section, 'utf8');
}

/** Ends when somebody listens there. */
async function listens(port, gate) {
  const late = Date.now() + START_MILLIS;
  while (Date.now() < late && gate.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const there = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the gate does not listen on ${port}`);
}

const { issuer, token } = await provider();
const port = await freePort();
writeFileSync(tokenFile, token, { mode: 0o600 });
writeFileSync(join(folder, 'users.yaml'), 'users: []\n');
writeFileSync(join(folder, 'policy.yaml'), 'rules:\n  - {name: everything, verdict: allow}\n');
const journal = journalSection(join(dirname(tokenFile), 'journal'));
writeFileSync(join(folder, 'gatehouse.yaml'), configuration(port, await freePort(), issuer) + journal);
mkdirSync(join(folder, 'control'), { mode: 0o700 });

const gate = spawn(gatehouse, ['serve', '--config', join(folder, 'gatehouse.yaml')], {
  stdio: ['ignore', process.stderr, process.stderr],
});
gate.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 0);
});
process.on('SIGTERM', () => gate.kill());
try {
  await listens(port, gate);
  console.log(`http://localhost:${port}/mcp`);
} catch (e) {
  console.error(e.message);
  gate.kill();
}
