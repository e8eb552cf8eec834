// The Inspector's command line, a process for each case.
//
//   node inspector.mjs SERVER_URL

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const CLI = 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js';
const CASES = {
  tools: ['tools/list'],
  echo: ['tools/call', '--tool-name', 'echo', '--tool-arg', 'message=héllo'],
  structured: ['tools/call', '--tool-name', 'customer'],
  'tool-fails': ['tools/call', '--tool-name', 'test_error_handling'],
  'tool-unknown': ['tools/call', '--tool-name', 'none'],
  resources: ['resources/list'],
  'resource-text': ['resources/read', '--uri', 'test://static-text'],
  prompt: ['prompts/get', '--prompt-name', 'test_prompt_with_arguments',
    '--prompt-args', 'arg1=hello', 'arg2=world'],
};

const url = process.argv[2];
const home = mkdtempSync(join(tmpdir(), 'mcp-inspector.'));
const run = promisify(execFile);

for (const [name, method] of Object.entries(CASES)) {
  const args = [CLI, '--cli', url, '--transport', 'http', '--method', ...method];
  const said = run(process.execPath, args, { env: { ...process.env, HOME: home } });
  said.child.stdin.end();
  const result = await said.then(
    ({ stdout }) => [0, stdout],
    ({ code, stdout, stderr }) => [code, stdout + stderr]);
  console.log(JSON.stringify({ case: name, ok: true, result }));
}
rmSync(home, { recursive: true });
