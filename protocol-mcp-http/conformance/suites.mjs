// The official suites, run and read: a line for each scenario, with the state of each check.

import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { end } from './processes.mjs';

const SUITE = 'node_modules/@modelcontextprotocol/conformance/dist/index.js';
const STAMP = /-\d{4}-\d\d-\d\dT[\d-]+Z$/;

/** Those of the client suite that are not about logging in, which a gate does in its own way. */
export const CLIENT_SCENARIOS = {
  '2025-11-25': [
    'initialize',
    'tools_call',
    'elicitation-sep1034-client-defaults',
    'sse-retry',
    'json-schema-2020-12-preservation',
  ],
  '2026-07-28': [
    'tools_call',
    'request-metadata',
    'sep-2322-client-request-state',
    'http-standard-headers',
    'http-custom-headers',
    'http-invalid-tool-headers',
    'json-schema-ref-no-deref',
    'json-schema-2020-12-preservation',
  ],
};

/** Every scenario that a revision names, by its wire: {lines, exit}. */
export async function serverSuite(url, revision, log) {
  const out = await mkdtemp(join(tmpdir(), 'mcp-suite.'));
  const exit = await end(process.execPath,
    [SUITE, 'server', '--url', url, '--requirements', revision, '-o', out], log);
  return { lines: await results(out), exit };
}

/** One scenario of the client suite, against which COMMAND is the client. */
export async function clientScenario(command, scenario, revision, log) {
  const out = await mkdtemp(join(tmpdir(), 'mcp-suite.'));
  const arguments_ = ['--command', command, '--scenario', scenario, '--spec-version', revision];
  const exit = await end(process.execPath, [SUITE, 'client', ...arguments_, '-o', out], log);
  return { lines: await results(out), exit };
}

async function results(folder) {
  const lines = [];
  for (const name of (await readdir(folder)).sort(byTime)) {
    const checks = JSON.parse(await readFile(join(folder, name, 'checks.json'), 'utf8'));
    const scenario = name.replace(STAMP, '').replace(/^server-/, '');
    lines.push({ case: scenario, ok: true, result: states(checks) });
  }
  await rm(folder, { recursive: true });
  return lines;
}

const byTime = (a, b) => (STAMP.exec(a)[0] < STAMP.exec(b)[0] ? -1 : 1);

/** What is only told, not checked, depends on how a stream was cut. */
const states = (checks) => checks
  .filter(({ status }) => status !== 'INFO')
  .map(({ id, status }) => `${id} ${status}`)
  .sort();

export function score(lines) {
  const of = (state) => lines.flatMap(({ result }) => result)
    .filter((check) => check.endsWith(state)).length;
  const [passed, failed] = [of(' SUCCESS'), of(' FAILURE')];
  return `${passed} of ${passed + failed} checks`;
}
