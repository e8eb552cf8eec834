// Runs the groups of `run` in each round, and leaves GROUP.COLUMN.ROUND.jsonl: a line for each case.
//
//   node rounds.mjs [--group GROUP]... [--round NAME=COMMAND]... [--revision REVISION]...
//       [--port PORT] [--token FILE] OUT
//
// The round "direct" is always there. COMMAND starts a gate: it gets the URL of what is behind it
// as its last argument, and says its own in its first line. An address instead of a command is a
// gate that runs already, in front of the port given by --port.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { end, runsAlready, start, startGate, stopAll } from './processes.mjs';
import { CLIENT_SCENARIOS, clientScenario, score, serverSuite } from './suites.mjs';

const UNSUPPORTED = 'unsupported by driver';
const node = process.execPath;
const { values: options, positionals: [out] } = parseArgs({
  allowPositionals: true,
  options: {
    group: { type: 'string', multiple: true },
    round: { type: 'string', multiple: true, default: [] },
    revision: { type: 'string', multiple: true },
    port: { type: 'string', default: '0' },
    token: { type: 'string', default: '' },
  },
});
const revisions = options.revision ?? ['2025-11-25', '2026-07-28'];
const sdks = revisions.flatMap((revision) =>
  (revision === '2026-07-28' ? ['v2'] : ['v1', 'v2']).map((sdk) => [sdk, revision]));
const rounds = [['direct', null], ...options.round.map((round) => {
  const [, name, command] = /^([^=]+)=(.+)$/s.exec(round);
  return [name, command];
})];

/** A group: its columns, and how one column is played against a server's URL. */
const GROUPS = {
  server: {
    serve: `${node} fixture/serve.mjs`,
    columns: revisions.map((revision) => [revision, (url, log) => serverSuite(url, revision, log)]),
  },
  client: {
    columns: sdks.map(([sdk, revision]) => [`${sdk}-${revision}`,
      (gate, log) => clientSuite(`clients/scenario-${sdk}.mjs`, revision, gate, log)]),
  },
  clients: {
    serve: `${node} fixture/serve.mjs`,
    columns: [
      ...sdks.map(([sdk, revision]) => [`${sdk}-${revision}`,
        (url, log) => printed(['clients/drive.mjs', sdk, revision, 'cases', url], log)]),
      ['inspector', (url, log) => printed(['clients/inspector.mjs', url], log)],
    ],
  },
  everything: {
    serve: `${node} fixture/everything.mjs`,
    columns: ['v1', 'v2'].map((sdk) => [sdk, (url, log) =>
      printed(['clients/drive.mjs', sdk, '2025-11-25', 'everything', url], log)]),
  },
};

const quoted = (word) => `'${word.replaceAll("'", `'\\''`)}'`;

async function clientSuite(script, revision, gate, log) {
  const lines = [];
  let exit = 0;
  for (const scenario of CLIENT_SCENARIOS[revision]) {
    const between = gate === null ? [] : ['through.mjs', quoted(gate), quoted(options.token)];
    const command = [node, ...between, script].join(' ');
    const played = await clientScenario(command, scenario, revision, log);
    lines.push(...played.lines);
    exit ||= played.exit;
  }
  return { lines, exit };
}

async function printed(args, log) {
  const exit = await end(node, args, log);
  const lines = (await readFile(log, 'utf8')).split('\n')
    .filter((line) => line.startsWith('{"case":')).map((line) => JSON.parse(line));
  const failed = lines.some(({ ok }) => !ok);
  return { lines, exit: exit || Number(failed) };
}

/** Where a round's clients go: the server itself, or the gate in front of it. */
async function target(group, command) {
  if (!group.serve) return { to: command, stop: () => {} };
  const server = await start(group.serve, options.port);
  if (command === null) return { to: server.url, stop: server.stop };
  const gate = await startGate(command, server.url, options.token);
  return { to: gate.url, stop: async () => { await gate.stop(); await server.stop(); } };
}

/** Both rounds get the same cases; what a column never has it cannot do. */
function fill(columns) {
  const names = new Set(columns.flatMap(({ lines }) => lines.map((line) => line.case)));
  for (const column of columns) {
    const had = new Set(column.lines.map((line) => line.case));
    const others = [...names].filter((name) => !had.has(name));
    column.lines.push(...others.map((name) => ({ case: name, ok: true, result: UNSUPPORTED })));
  }
  return [...names];
}

/** Without the characters that only some readers take for the end of a line. */
const asLine = (value) => `${JSON.stringify(value)
  .replace(/[\u0085\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

async function play(groupName, round, command) {
  const group = GROUPS[groupName];
  const where = await target(group, command);
  const columns = [];
  for (const [column, run] of group.columns) {
    const base = join(out, `${groupName}.${column}.${round}`);
    await writeFile(`${base}.log`, '');
    const { lines, exit } = await run(where.to, `${base}.log`);
    const suite = groupName === 'server' || groupName === 'client';
    const count = suite ? score(lines) : `${lines.filter(({ ok }) => ok).length} of ${lines.length} cases`;
    console.log(`${groupName}, ${column}, ${round}: ${count}, exit ${exit}`);
    columns.push({ base, lines, exit });
  }
  await where.stop();
  const cases = fill(columns);
  for (const { base, lines } of columns) {
    await writeFile(`${base}.jsonl`, lines.map(asLine).join(''));
  }
  return { failed: columns.some(({ lines, exit }) => exit !== 0 || lines.length === 0), cases };
}

process.on('exit', stopAll);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
const groups = options.group ?? Object.keys(GROUPS);
const reachable = (group, command) => GROUPS[group].serve || command === null || !runsAlready(command);

/** Whether the direct side passed what it is scored for. */
async function playAll() {
  let passed = true;
  for (const group of groups) {
    for (const [round, command] of rounds) {
      const { failed, cases } = await play(group, round, command);
      if (round === 'direct') {
        passed &&= !failed;
        const columns = GROUPS[group].columns.map(([column]) => column);
        await writeFile(join(out, `${group}.cases`), cases.join('\n'));
        await writeFile(join(out, `${group}.columns`), columns.join(' '));
      }
    }
  }
  return passed;
}

try {
  if (!groups.every((group) => rounds.every(([, command]) => reachable(group, command)))) {
    throw new Error('the group "client" starts a server for each scenario; give it --gate COMMAND');
  }
  process.exitCode = await playAll() ? 0 : 1;
} catch (e) {
  console.error(`run: ${e.message}`);
  process.exit(3);
}
